from odoo import fields, models

from .order_sheet import STAFF


class OrderSheet(models.Model):
    """A sheet that customers have ordered with changes in a new version only."""

    _inherit = "order.sheet"

    version = fields.Integer(default=1, readonly=True, copy=False)
    root_id = fields.Many2one(
        "order.sheet",
        string="First Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
        help="Orders of a customer are counted over all versions.",
    )
    parent_version_id = fields.Many2one(
        "order.sheet",
        string="Former Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=STAFF,
    )

    _version_uniq = models.UniqueIndex(
        "(root_id, version) WHERE root_id IS NOT NULL",
        "Somebody else has created this version already.",
    )

    def action_new_version(self):
        """Open a copy to build on; it takes over once it is published."""
        self.ensure_one()
        self._check_manager()
        version = self._create_version()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": version.id,
            "view_mode": "form",
        }

    def _create_version(self):
        self._lock()
        newest = max(self._get_versions(), key=lambda it: it.version)
        return self.copy(
            {
                "name": self.name,
                "code": self.code,
                "version": newest.version + 1,
                "root_id": self._get_root().id,
                "parent_version_id": self.id,
            }
        )

    def _get_root(self):
        return self.root_id or self

    def _get_versions(self):
        root = self._get_root()
        return root | self.with_context(active_test=False).search(
            [("root_id", "=", root.id)]
        )

    def _replace_former_version(self):
        """Close the other versions, and let drafts go on with this one."""
        # Whoever builds sheets need not be the one who works on requests.
        others_sudo = (self._get_versions() - self).sudo()
        others_sudo.filtered(lambda it: it.state == "published")._move_to("closed")
        drafts_sudo = others_sudo.request_ids.filtered(lambda it: it.state == "draft")
        drafts_sudo._follow_to(self.sudo())

    # === COPIES === #

    def copy_data(self, default=None):
        return [
            vals
            if "name" in (default or {})
            else vals | {"name": self.env._("%(name)s (copy)", name=vals["name"])}
            for vals in super().copy_data(default)
        ]

    def copy(self, default=None):
        copies = super().copy(default)
        for sheet, new in zip(self, copies, strict=True):
            sheet._copy_links_to(new)
        return copies

    def _copy_links_to(self, new):
        """Copy what points from one question to another: both have the same keys."""
        fields_by_key = new.field_ids.grouped("key")
        pages = dict(zip(self.page_ids.sorted(), new.page_ids.sorted(), strict=True))
        for field in self.field_ids.filtered("qty_field_id"):
            fields_by_key[field.key].qty_field_id = fields_by_key[
                field.qty_field_id.key
            ]
        for page, copy in pages.items():
            page.condition_ids._copy_to(copy, fields_by_key)
        for field in self.field_ids:
            field.condition_ids._copy_to(fields_by_key[field.key], fields_by_key)
