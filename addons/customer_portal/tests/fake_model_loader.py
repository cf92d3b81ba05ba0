"""The FakeModelLoader of odoo-test-helper on Odoo 19.

odoo-test-helper 2.1.3 knows Odoo up to 18, whose registry had other names. Once a
release supports 19, this module goes and its importers take the original.
"""

from unittest import mock

from odoo import models

models.MetaModel.module_to_models = models.MetaModel._module_to_models__

from odoo_test_helper import FakeModelLoader as _FakeModelLoader  # noqa: E402


class FakeModelLoader(_FakeModelLoader):
    """Add models to the registry for the time of a test class, and take them away."""

    def update_registry(self, odoo_models):
        from odoo.orm.model_classes import add_to_registry

        def load(registry, _cr, _package):
            return [add_to_registry(registry, model)._name for model in odoo_models]

        with mock.patch.multiple(
            type(self.env.registry),
            create=True,
            load=load,
            setup_models=lambda registry, cr: registry._setup_models__(cr),
        ):
            return super().update_registry(odoo_models)

    def restore_registry(self):
        registry = self.env.registry
        for name in set(registry.models) - set(self._original_registry):
            del registry[name]
        for name, original in self._original_registry.items():
            registry[name]._base_classes__ = original["base"]
        self._clean_module_to_model()
        registry._setup_models__(self.env.cr)
