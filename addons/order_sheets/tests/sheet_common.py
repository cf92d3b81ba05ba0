"""People and a campaign for the tests of order sheets."""

from odoo.fields import Command


class SheetPeople:
    """The sheet of a campaign, as a fitness chain sends it to its centers.

    Adler has the tag of the campaign, Krone has not. Anna and Bert (Hotel Adler GmbH)
    share what they fill in, Carla (Gasthof Krone GmbH) sees none of it. Erik works on
    order requests, Mia builds sheets.

    The sheet has three pages: “Center” (``center``, required; ``logo``, yes or no),
    “Material” (``flyer``, required, at least 100 in steps of 50; ``poster``, a table of
    two posters) and “Logo” (``logo_file``, required, shown if ``logo`` is yes).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.portal_tz = "Europe/Berlin"
        cls.erik.group_ids |= cls.env.ref("order_sheets.order_sheets_group_user")
        cls.mia = cls._create_user("Mia", "order_sheets.order_sheets_group_manager")
        cls.sheets = cls.env["order.sheet"]
        cls.requests = cls.env["order.sheet.request"]
        cls.tag = cls.env["res.partner.category"].create({"name": "Campaign F"})
        cls.adler.category_id = cls.tag
        products = cls.env["product.product"]
        cls.flyer = products.create({"name": "Flyer", "list_price": 0.2})
        cls.poster_a = products.create({"name": "Poster A", "list_price": 3})
        cls.poster_b = products.create({"name": "Poster B", "list_price": 4})
        cls.flyer.taxes_id = cls.poster_a.taxes_id = cls.poster_b.taxes_id = False
        cls.sheet = cls._create_sheet()
        cls.sheet._publish()

    @classmethod
    def _create_sheet(cls, **values):
        """Return a new sheet like the one of the class, as a draft."""
        sheet = cls.sheets.create(
            {
                "name": "Spring Campaign",
                "audience": "tags",
                "category_ids": [Command.set(cls.tag.ids)],
                "page_ids": [
                    Command.create(page)
                    for page in (
                        cls._center_page(),
                        cls._material_page(),
                        cls._logo_page(),
                    )
                ],
                **values,
            }
        )
        cls.env["order.sheet.condition"].create(
            {
                "page_id": sheet.page_ids[2].id,
                "source_field_id": cls._question("logo", sheet).id,
                "value": "yes",
            }
        )
        return sheet

    @classmethod
    def _center_page(cls):
        options = [("yes", "Yes"), ("no", "No")]
        return {
            "name": "Center",
            "sequence": 1,
            "field_ids": [
                Command.create({"key": "center", "label": "Center", "required": True}),
                Command.create(
                    {
                        "key": "logo",
                        "label": "Own logo",
                        "sequence": 20,
                        "field_type": "choice",
                        "option_ids": [
                            Command.create({"key": key, "label": label})
                            for key, label in options
                        ],
                    }
                ),
            ],
        }

    @classmethod
    def _material_page(cls):
        posters = (cls.poster_a | cls.poster_b).ids
        return {
            "name": "Material",
            "sequence": 2,
            "field_ids": [
                Command.create(
                    {
                        "key": "flyer",
                        "label": "Flyer",
                        "field_type": "product_qty",
                        "product_ids": [Command.set(cls.flyer.ids)],
                        "required": True,
                        "min_value": 100,
                        "step": 50,
                    }
                ),
                Command.create(
                    {
                        "key": "poster",
                        "label": "Poster",
                        "sequence": 20,
                        "field_type": "product_matrix",
                        "product_ids": [Command.set(posters)],
                    }
                ),
            ],
        }

    @classmethod
    def _logo_page(cls):
        return {
            "name": "Logo",
            "sequence": 3,
            "field_ids": [
                Command.create(
                    {
                        "key": "logo_file",
                        "label": "Logo file",
                        "field_type": "file",
                        "required": True,
                    }
                )
            ],
        }

    @classmethod
    def _question(cls, key, sheet=None):
        """Return the question of the sheet with a key."""
        sheet = sheet or cls.sheet
        return sheet.field_ids.filtered(lambda field: field.key == key)

    @classmethod
    def _start_as(cls, user, sheet=None):
        """Return the draft of a portal user's company, seen with his eyes."""
        sheet_sudo = (sheet or cls.sheet).with_user(user).sudo()
        requests_sudo = cls.requests.with_user(user).sudo()
        return requests_sudo._start(sheet_sudo, user.partner_id.sudo()).sudo(False)

    @classmethod
    def _fill(cls, request, rev=None, **typed):
        """Type into the inputs of a request, as its own user; what became of it."""
        request_sudo = request.sudo()
        rev = request_sudo.rev if rev is None else rev
        names = {name.replace("__", "-"): text for name, text in typed.items()}
        return request_sudo._save_typed(names, rev)

    @classmethod
    def _draft_as(cls, user, sheet=None, **typed):
        """Return a draft that could be submitted."""
        request = cls._start_as(user, sheet)
        cls._fill(request, **{"center": "Mitte", "logo": "no", "flyer": "100"} | typed)
        return request

    @classmethod
    def _submit_as(cls, user, sheet=None, **typed):
        """Return an order request that a portal user has submitted."""
        request = cls._draft_as(user, sheet, **typed)
        request.sudo()._submit(user.partner_id.sudo())
        return request
