from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

# Proof that a write of ``state`` comes from ``_move_to``. An object, because a
# client may send any context key but never this object.
_STATE_WRITER = object()


class CustomerStateMixin(models.AbstractModel):
    """A life cycle that can be read as a table.

    A model lists in ``_transitions`` which states may follow each state; the first
    state of the table is the one in which a record is born. It redefines ``state``
    with the selection in its own words. Nothing but ``_move_to`` changes the state,
    whoever tries: forms, imports and remote calls are refused.
    """

    _name = "customer.state.mixin"
    _description = "Life Cycle"

    _transitions: dict[str, set[str]] = {}

    # A callable, because Odoo does not let a list be replaced by another list.
    state = fields.Selection(
        lambda self: [],
        string="Status",
        required=True,
        readonly=True,
        default=lambda self: self._get_initial_state(),
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        initial = self._get_initial_state()
        for vals in vals_list:
            born = vals.setdefault("state", initial)
            if born != initial and not self._is_state_writer():
                raise UserError(
                    self.env._(
                        "A new record starts as “%(state)s”.",
                        state=self._get_state_label(initial),
                    )
                )
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals and not self._is_state_writer():
            raise UserError(
                self.env._(
                    "The status changes through its buttons only, never by hand."
                )
            )
        return super().write(vals)

    def copy_data(self, default=None):
        return [
            {key: value for key, value in vals.items() if key != "state"}
            for vals in super().copy_data(default)
        ]

    # === BUSINESS METHODS === #

    def _move_to(self, state, **values):
        """Move all records to ``state``, or none of them.

        Of two people who press a button at once, one succeeds and the other reads
        why not: the rows are locked and the state is checked under the lock.

        :param state: the state to reach
        :param values: what is to be written together with it (who decided, when)
        :raise UserError: a record may not go there, in words for the user
        :raise LockError: somebody else is changing a record at this moment
        """
        self._lock_for(state)
        self._as_state_writer().write({"state": state, **values})

    def _create_in(self, state, vals):
        """Create a record of something that has happened already.

        :param state: the state that it has reached
        """
        record = self._as_state_writer().create({**vals, "state": state})
        return record.with_context(customer_state_writer=None)

    def _lock_for(self, state):
        """Lock the records and make sure that each of them may go to ``state``.

        :raise UserError: as ``_move_to`` does
        """
        self._lock()
        for record in self:
            if state not in self._transitions[record.state]:
                raise UserError(record._get_refusal(state))

    def _lock(self):
        """:raise LockError: somebody else is changing a record at this moment"""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(
                self.env._(
                    "%(names)s: somebody is changing this right now."
                    " Please try again in a moment.",
                    names=", ".join(self.mapped("display_name")),
                )
            ) from error

    def _get_refusal(self, state):
        """Return why this record cannot go to ``state``, in words for the user."""
        return self.env._(
            "%(name)s is “%(current)s” and cannot become “%(target)s”.",
            name=self.display_name,
            current=self._get_state_label(),
            target=self._get_state_label(state),
        )

    def _get_state_label(self, state=None):
        """Return the name of a state in the user's language, by default the own one."""
        return dict(self._fields["state"]._description_selection(self.env))[
            state or self.state
        ]

    @api.model
    def _get_initial_state(self):
        return next(iter(self._transitions), None)

    def _as_state_writer(self):
        """Return the same records, which now take what else only buttons write."""
        return self.with_context(customer_state_writer=_STATE_WRITER)

    @api.model
    def _is_state_writer(self):
        return self.env.context.get("customer_state_writer") is _STATE_WRITER
