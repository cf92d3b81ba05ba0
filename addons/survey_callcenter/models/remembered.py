from odoo import api, models


class Remembered(models.AbstractModel):
    """What each "next contact" needs and hardly ever changes: it is kept in memory.

    A change is seen at the next call.
    """

    _name = "survey.callcenter.remembered"
    _description = "Kept in Memory by the Call Center"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget_remembered()
        return records

    def write(self, vals):
        self._forget_remembered()
        result = super().write(vals)
        self._forget_remembered()
        return result

    def unlink(self):
        self._forget_remembered()
        return super().unlink()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        self._forget_remembered()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _forget_remembered(self):
        if self:
            self.env.registry.clear_cache()
