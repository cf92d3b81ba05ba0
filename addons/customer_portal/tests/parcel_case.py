from .common import PortalTransactionCase
from .fake_model_loader import FakeModelLoader


class ParcelCase(PortalTransactionCase):
    """Tests of the mixins, with a fake document: a parcel to be fetched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        loader = FakeModelLoader(cls.env, cls.__module__)
        loader.backup_registry()
        cls.addClassCleanup(loader.restore_registry)
        from .fake_models import TestLetter, TestParcel

        models = (TestParcel, TestLetter)
        loader.update_registry(models)
        for model in models:
            cls._grant(model._name)
        cls.env.company.portal_tz = "Europe/Berlin"

    @classmethod
    def _grant(cls, model):
        """Give a model what an addon would give it: numbers and rights."""
        cls.env["ir.sequence"].create(
            {
                "name": model,
                "code": model,
                "prefix": f"{model[5].upper()}/%(range_year)s/",
                "padding": 3,
                "use_date_range": True,
                "company_id": False,
            }
        )
        model_id = cls.env["ir.model"]._get_id(model)
        for group, write in (("base.group_user", True), ("base.group_portal", False)):
            cls.env["ir.model.access"].create(
                {
                    "name": f"{model} {group}",
                    "model_id": model_id,
                    "group_id": cls.env.ref(group).id,
                    "perm_read": True,
                    "perm_write": write,
                    "perm_create": write,
                }
            )
        cls.env["ir.rule"].create(
            {
                "name": f"own company's {model}",
                "model_id": model_id,
                "domain_force": "[('commercial_partner_id', '=',"
                " user.commercial_partner_id.id)]",
                "groups": [(4, cls.env.ref("base.group_portal").id)],
            }
        )

    def _parcel_of(self, user, **values):
        values = {"partner_id": user.partner_id.id, **values}
        return self.env["test.parcel"].with_user(self.erik).create(values)
