from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ContainerRequest(models.Model):
    """What happens to a request after it was made: approval, delivery, withdrawal."""

    _inherit = "container.request"

    # === ACTION METHODS === #

    def action_propose(self):
        """Fill in the containers that an approval would take."""
        self._check_can_decide()
        for request in self:
            request.container_ids = request._find_containers(request.quantity)

    def action_cancel(self):
        self._check_can_decide()
        self._cancel()
        self._mail_customers("cancelled")

    def action_revoke(self):
        """Take an approval back, as long as nothing has left for the customer."""
        self.check_access("write")
        self.env["container.container"]._check_manager()
        self._revoke()

    def action_issue(self):
        """Issue all containers of the requests that are still here."""
        self.check_access("write")
        planned = self.rental_ids.filtered(lambda rental: rental.state == "planned")
        if not planned:
            raise UserError(self.env._("No container is planned here to be issued."))
        planned._issue()

    def action_open_rentals(self):
        """Open the rentals that these requests led to."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "container_rental.container_rental_action"
        )
        return action | {"domain": [("request_id", "in", self.ids)], "context": {}}

    # === BUSINESS METHODS === #

    def _cancel(self):
        self._move_to("cancelled")
        self._close_activities()

    def _cancel_by_customer(self):
        """The customer does not want it any more; possible until it is approved."""
        if self.state == "cancelled":  # a second click
            return
        self._cancel()
        self._mail_administrators("cancelled_admin")

    def _revoke(self):
        self._lock_for("created")
        rentals = self.rental_ids.filtered(lambda rental: rental.state != "cancelled")
        if issued := rentals.filtered("issued_on"):
            raise UserError(
                self.env._(
                    "Left for the customer already: %(names)s.",
                    names=", ".join(issued.mapped("container_name")),
                )
            )
        self._move_to("created", decided_by_id=False, decided_on=False)
        rentals._lock_for("cancelled")
        rentals.container_id._apply_movement("released", rentals=rentals)
        rentals._move_to("cancelled")
        self._mail_customers("revoked")

    def _decide(self, state, **values):
        result = super()._decide(state, **values)
        self._close_activities()
        return result

    def _close_activities(self):
        self.activity_unlink(["container_rental.mail_activity_type_decide"])

    def _check_approval(self):
        for request in self.filtered(lambda r: not r.delivery_date):
            raise UserError(
                self.env._(
                    "%(name)s has no day of delivery yet. Please set one first.",
                    name=request.name,
                )
            )
        for customer, requests in self.grouped("commercial_partner_id").items():
            requests._check_limit(customer)

    def _check_limit(self, customer):
        """Refuse what would bring more containers to a customer than was agreed."""
        for company, requests in self.grouped("company_id").items():
            customer_sudo = customer.sudo().with_company(company)
            limit = customer_sudo.container_limit
            if not limit:
                continue
            # Two approvals at once for one customer would each see room for theirs:
            # touching his row lets the second one start over and count again.
            self.env.cr.execute(
                "UPDATE res_partner SET write_date = write_date WHERE id = %s",
                [customer.id],
            )
            present = self._count_present(customer, company)
            if present + sum(requests.mapped("quantity")) > limit:
                raise UserError(
                    self.env._(
                        "Containers at %(customer)s: at most %(limit)s at the same time"
                        " are agreed, %(present)s are on site or planned.",
                        customer=customer.display_name,
                        limit=limit,
                        present=present,
                    )
                )

    def _count_present(self, customer, company):
        """Return how many containers are at a customer or on their way to him."""
        return self.env["container.rental"].search_count(
            [
                ("commercial_partner_id", "=", customer.id),
                ("company_id", "=", company.id),
                ("is_open", "=", True),
            ]
        )

    def _apply_approval(self):
        self._reserve()

    def _reserve(self, on=None):
        """Reserve concrete containers and plan their delivery.

        :param on: the day of the reservation, if that was not today
        """
        containers = self._allocate()
        # The unique index has to see what came back in this very transaction.
        self.env["container.rental"].flush_model(["state"])
        rentals = (
            # History is written by what happens, whoever presses the button.
            self.env["container.rental"]
            .sudo()
            .with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
            .create(
                [
                    request._prepare_rental_vals(container)
                    for request in self
                    for container in containers[request]
                ]
            )
            .sudo(False)
        )
        rentals.container_id._apply_movement("reserved", rentals=rentals, on=on)

    def _prepare_rental_vals(self, container):
        return {
            "container_id": container.id,
            "partner_id": self.partner_id.id,
            "commercial_partner_id": self.commercial_partner_id.id,
            "address_id": self.address_id.id,
            "request_id": self.id,
            "company_id": self.company_id.id,
            "delivery_date": self.delivery_date,
        }

    # === ALLOCATION === #

    def _allocate(self):
        """Find and lock containers for all requests, or for none.

        Staff who decide about different requests at the same moment get different
        containers: those that a colleague is just taking are left out.

        :return: ``{request: containers}``
        :raise UserError: there are too few, in words for the user
        """
        allocated = {request: request._get_chosen_containers() for request in self}
        chosen = self.env["container.container"].union(*allocated.values())
        if len(chosen) < sum(map(len, allocated.values())):
            raise UserError(
                self.env._("The same container is chosen for two of these requests.")
            )
        undecided = self.filtered(lambda request: not allocated[request])
        for requests in undecided.grouped(lambda r: (r.company_id, r.type_id)).values():
            wanted = sum(requests.mapped("quantity"))
            found = requests._lock_containers(wanted, but=chosen)
            for request in requests:
                allocated[request] = found[: request.quantity]
                found -= allocated[request]
                if len(allocated[request]) < request.quantity:
                    raise UserError(request._get_shortage(len(allocated[request])))
        return allocated

    def _get_chosen_containers(self):
        """Return the containers that staff chose by hand, if they did.

        :raise UserError: the choice does not fit the request
        """
        chosen = self.container_ids
        if chosen and len(chosen) != self.quantity:
            raise UserError(
                self.env._(
                    "%(name)s: %(quantity)s requested, %(chosen)s chosen.",
                    name=self.name,
                    quantity=self.quantity,
                    chosen=len(chosen),
                )
            )
        for container in chosen:
            if container.state != "available" or container.type_id != self.type_id:
                raise UserError(
                    self.env._(
                        "Container %(name)s (%(type)s) is “%(state)s” and cannot be"
                        " reserved for %(request)s.",
                        name=container.name,
                        type=container.type_id.name,
                        state=container._get_state_label(),
                        request=self.name,
                    )
                )
        return chosen

    def _find_containers(self, quantity=None):
        """Return available containers of the requests' common type, longest idle first.

        :param quantity: how many at most
        """
        return self.env["container.container"].search(
            self._available_containers_domain(),
            order="state_since, id",
            limit=quantity,
        )

    def _lock_containers(self, quantity, but):
        """Lock available containers; those that somebody else has locked are left out.

        :param quantity: how many at most
        :param but: containers that are spoken for
        """
        free = self._find_containers() - but
        return free.try_lock_for_update(allow_referencing=True, limit=quantity)

    def _available_containers_domain(self):
        days = self.filtered("delivery_date").mapped("delivery_date")
        last_delivery = max(days, default=self.company_id._portal_today())
        return (
            Domain("type_id", "=", self.type_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "available")
            & (
                Domain("inspection_due", "=", False)
                | Domain("inspection_due", ">=", last_delivery)
            )
        )

    def _get_shortage(self, available):
        return self.env._(
            "Only %(available)s of %(quantity)s containers of type %(type)s are"
            " available for %(name)s.",
            available=available,
            quantity=self.quantity,
            type=self.type_id.name,
            name=self.name,
        )

    # === DELIVERY === #

    def _follow_rentals(self):
        """A request is delivered once all its containers have left."""
        for state, requests in self.grouped(lambda r: r._get_delivery_state()).items():
            requests.filtered_domain([("state", "!=", state)])._move_to(state)

    def _get_delivery_state(self):
        rentals = self.rental_ids.filtered(lambda rental: rental.state != "cancelled")
        have_left = all(rental.state in ("issued", "returned") for rental in rentals)
        return "done" if have_left else "approved"
