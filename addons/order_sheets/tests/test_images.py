import base64
import io

from PIL import Image

from odoo.fields import Command

from .sheet_page_case import URL, SheetPageCase


class TestImages(SheetPageCase):
    """The pictures of a sheet are for who may fill it in, or has ordered with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        picture = io.BytesIO()
        Image.new("RGB", (8, 4), "red").save(picture, "PNG")
        cls.picture = base64.b64encode(picture.getvalue())
        cls.option = cls._question("logo").option_ids[0]
        cls.page = cls.sheet.page_ids[0]
        cls.sheet.cover_image = cls.page.image = cls.option.image = cls.picture

    def _image(self, user=None, kind="sheet", record=None, sheet=None):
        record_id = getattr(record, "id", record) or self.sheet.id
        sheet_id = (sheet or self.sheet).id
        return self.open_as(
            user or self.anna, f"{URL}/{sheet_id}/image/{kind}/{record_id}"
        )

    def _statuses(self, user):
        kinds = (("sheet", self.sheet), ("page", self.page), ("option", self.option))
        return [self._image(user, *kind).status_code for kind in kinds]

    def test_audience_sees_them(self):
        answer = self._image()
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(Image.open(io.BytesIO(answer.content)).size, (8, 4))
        self.assertEqual(self._statuses(self.anna), [200] * 3)

    def test_list_shows_the_cover(self):
        images = "//*[@name='offer']/img"
        url = f"{URL}/{self.sheet.id}/image/sheet/{self.sheet.id}"
        self.assertEqual(self._attributes(self._open(), images, "src"), [url])
        self.sheet.cover_image = False
        self.assertEqual(self._attributes(self._open(), images, "src"), [])
        self.assertEqual(self._image().status_code, 404)

    def test_strangers_do_not_see_them(self):
        self.assertEqual(self._statuses(self.carla), [404] * 3)
        self.sheet.excluded_partner_ids = self.adler
        self.assertEqual(self._statuses(self.anna), [404] * 3)

    def test_who_has_ordered_sees_them_when_the_sheet_is_closed(self):
        self._draft_as(self.anna)
        self.sheet._move_to("closed")
        self.assertEqual(self._statuses(self.bert), [200] * 3)
        self.assertEqual(self._statuses(self.carla), [404] * 3)

    def test_staff_see_those_of_drafts(self):
        draft = self._create_sheet(cover_image=self.picture)
        for user, status in ((self.mia, 200), (self.erik, 200), (self.anna, 404)):
            answer = self._image(user, "sheet", draft, draft)
            self.assertEqual(answer.status_code, status, user.name)
        tom = self._create_user("Tom", "base.group_user")
        self.assertEqual(self._statuses(tom), [404] * 3)

    def test_pictures_of_another_sheet_are_none(self):
        secret = self._create_sheet(audience="partners")
        secret.partner_ids = [Command.set(self.krone.ids)]
        secret.cover_image = secret.page_ids[0].image = self.picture
        secret._publish()
        for kind, record in (("sheet", secret), ("page", secret.page_ids[0])):
            self.assertEqual(self._image(kind=kind, record=record).status_code, 404)
            self.assertEqual(
                self._image(None, kind, record, secret).status_code, 404, kind
            )

    def test_junk_is_no_picture(self):
        for kind in ("nope", "page", "option", "__class__", "%00"):
            self.assertEqual(self._image(kind=kind, record=10**20).status_code, 404)
        for number in (0, 2**31, 10**20):
            url = f"{URL}/{number}/image/sheet/{self.sheet.id}"
            self.assertEqual(self.open_as(self.anna, url).status_code, 404)
