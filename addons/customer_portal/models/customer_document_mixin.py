from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

# What identifies a document, and says whose it is.
_OWN_FIELDS = frozenset(("name", "commercial_partner_id", "form_token", "access_token"))
_NO_NUMBER = "/"


class CustomerDocumentMixin(models.AbstractModel):
    """Something that a customer asks for and can follow: a request, an order.

    It has a number, belongs to the contact who asked and to his company, is seen by
    all contacts of that company in the portal, and carries a chat between customer
    and staff. A model sets ``_portal_path`` and has an ``ir.sequence`` whose code is
    the model's name. Who sees which document is the business of its record rules,
    which compare ``commercial_partner_id``.
    """

    _name = "customer.document.mixin"
    _description = "Customer Document"
    _inherit = [
        "customer.state.mixin",
        "customer.mail.mixin",
        "portal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"  # who sees the document may write to its chat

    _portal_path = "/my"
    # The state with which a document gets its number, once and for all; None: it has
    # one from the start.
    _numbered_from = None
    # What staff cannot change any more once the document has left its first state.
    _settled_fields = ("partner_id", "company_id")

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    state = fields.Selection(tracking=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        help="The contact who asked. Mails go to this person, in his or her language.",
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        help="The contact's company at the time of asking: a contact who changes to"
        " another company does not take the document along.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    form_token = fields.Char(copy=False, groups="base.group_user")
    access_token = fields.Char(groups="base.group_user")
    # Whoever may name them in a search can guess the words of internal notes.
    message_ids = fields.One2many(groups="base.group_user")
    website_message_ids = fields.One2many(groups="base.group_user")

    _form_token_uniq = models.UniqueIndex(
        "(form_token) WHERE form_token IS NOT NULL",
        "This form was sent already.",
    )

    @api.depends("partner_id")
    def _compute_commercial_partner_id(self):
        for document in self:
            document.commercial_partner_id = document.partner_id.commercial_partner_id

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for document in self:
            document.access_url = f"{document._portal_path}/{document.id}"
        return result

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = (
                _NO_NUMBER if self._numbered_from else self._next_number(vals)
            )
        return super().create(vals_list)

    def write(self, vals):
        if not (self.env.su or self._is_state_writer()):
            if not _OWN_FIELDS.isdisjoint(vals):
                raise UserError(self.env._("This is not written by hand."))
            for name in self._settled_fields:
                if name in vals:
                    self._check_not_settled(name, vals[name])
        return super().write(vals)

    def _check_not_settled(self, name, value):
        """:raise UserError: the document has left its first state with another value"""
        field = self._fields[name]
        for document in self:
            if document.state == self._get_initial_state():
                continue
            cached = field.convert_to_cache(value, document)
            if field.convert_to_record(cached, document) != document[name]:
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”: “%(field)s” cannot change any more.",
                        name=document.name,
                        state=document._get_state_label(),
                        field=field._description_string(self.env),
                    )
                )

    def _create_once(self, vals):
        """Create the document of a form, unless this very form was sent before.

        :param vals: values of the document, with the ``form_token`` of the form
        :return: the document, or an empty recordset if another POST of the form
            created it: redirect to ``_get_token_url`` then
        """
        try:
            with self.env.cr.savepoint():
                return self.create(vals)
        except UniqueViolation as error:
            if error.diag.constraint_name != f"{self._table}_form_token_uniq":
                raise
            return self.browse()

    # === BUSINESS METHODS === #

    def _next_number(self, vals):
        """Return the number of a new document, counted per company and local year.

        :raise ConcurrencyError: somebody else begins the same year at this moment; the
            server tries again
        """
        company = self.env["res.company"].browse(vals.get("company_id"))
        company = company or self.env.company
        sequence_sudo = self.env["ir.sequence"].sudo().with_company(company)
        try:
            return sequence_sudo.next_by_code(self._name, company._portal_today())
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    def _move_to(self, state, **values):
        new = self.browse()
        if state == self._numbered_from:
            new = self.filtered(lambda document: not document._is_numbered())
        for document in new:  # each has a number of its own
            number = document._next_number({"company_id": document.company_id.id})
            super(CustomerDocumentMixin, document)._move_to(
                state, name=number, **values
            )
        return super(CustomerDocumentMixin, self - new)._move_to(state, **values)

    def _is_numbered(self):
        """Return whether it has its number, which it keeps whatever happens to it."""
        return self.name != _NO_NUMBER

    def _find_by_token(self, token):
        """Return the visitor's document that a form created, or an empty recordset."""
        if not token:  # the database would find all documents without one
            return self.browse()
        # The token is no field that a customer may read, hence the detour.
        document_sudo = self.sudo().search([("form_token", "=", token)])
        return document_sudo.sudo(False)._filtered_access("read")

    @api.model
    def _get_token_url(self, token):
        """Return where a form leads to once it was sent.

        The page is opened in a new transaction, which sees the document even when
        another POST of the same form created it a moment ago.
        """
        return f"{self._portal_path}/by_token/{token}"

    def _get_share_url(
        self, redirect=False, signup_partner=False, pid=None, share_token=True
    ):
        # A customer who follows the link of a mail is signed in, or will be: he needs
        # no token, which he may not read. Staff send links that carry one.
        share_token = share_token and (self.env.su or self.env.user._is_internal())
        return super()._get_share_url(
            redirect=redirect,
            signup_partner=signup_partner,
            pid=pid,
            share_token=share_token,
        )

    def _get_report_base_filename(self):
        return self.name.replace("/", "-")
