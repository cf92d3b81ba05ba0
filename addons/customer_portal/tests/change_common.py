"""People and helpers for the tests of change requests."""

from odoo.fields import Command


class ChangePeople:
    """Hotel Adler with a warehouse; Erik approves, Marta sets the rules.

    Mails to administrators go to Erik.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["customer.change.request"]
        cls.adler.write({"phone": "+49 941 201000", "email": "info@adler.example"})
        cls.warehouse = cls.env["res.partner"].create(
            {
                "name": "Lager Nord",
                "parent_id": cls.adler.id,
                "type": "delivery",
                "street": "Hafenstraße 3",
                "zip": "93059",
                "city": "Regensburg",
                "country_id": cls.env.ref("base.de").id,
            }
        )
        cls._join(cls.erik, "approver")
        cls.marta = cls._create_user(
            "Marta", "customer_portal.customer_portal_group_change_manager"
        )
        cls.company = cls.env.company
        cls.company.write(
            {
                "portal_tz": "Europe/Berlin",
                "change_admin_user_ids": [Command.set(cls.erik.ids)],
            }
        )

    @classmethod
    def _join(cls, user, group):
        user.group_ids += cls.env.ref(
            f"customer_portal.customer_portal_group_change_{group}"
        )

    @classmethod
    def _ask(cls, user, target, details=None, **values):
        """Return the requests of a portal user who asks for changes of a partner."""
        requests = cls.requests.with_user(user).sudo()
        filed = requests._file_update(
            user.partner_id, target.with_env(requests.env), values, **(details or {})
        )
        return filed.with_env(cls.env)

    @classmethod
    def _ask_for_address(cls, user, **values):
        """Return the request of a portal user for a new delivery address."""
        address = {
            "name": "Lager Süd",
            "street": "Donaulände 8",
            "zip": "93047",
            "city": "Regensburg",
            "country_id": cls.env.ref("base.de").id,
        }
        requests = cls.requests.with_user(user).sudo()
        filed = requests._file_creation(user.partner_id, address | values)
        return filed.with_env(cls.env)

    @classmethod
    def _ask_for_removal(cls, user, target):
        requests = cls.requests.with_user(user).sudo()
        filed = requests._file_archiving(user.partner_id, target.with_env(requests.env))
        return filed.with_env(cls.env)

    @classmethod
    def _set_rule(cls, name, action, scope="company", **values):
        field = cls.env["ir.model.fields"]._get("res.partner", name)
        return cls.env["customer.change.rule"].create(
            {"field_id": field.id, "scope": scope, "action": action, **values}
        )

    def _get_lines(self, request):
        """Return what a request asks for: ``{field: (before, wished)}``."""
        return {
            line.field_name: (line.old_value, line.new_value)
            for line in request.line_ids
        }


class AskedChange(ChangePeople):
    """Anna has asked for another street and postal code of Hotel Adler."""

    def setUp(self):
        super().setUp()
        self.request = self._ask(
            self.anna, self.adler, street="Neue Str. 5", zip="93059"
        )
        self.lines = self.request.line_ids.grouped("field_name")

    def _approve(self, user=None, **context):
        request = self.request.with_user(user or self.erik)
        request.with_context(**context).action_approve()
