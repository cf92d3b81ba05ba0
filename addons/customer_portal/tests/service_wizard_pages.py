"""What the tests of the wizard for service orders share; it holds no tests itself."""

from lxml import html

from ..controllers.portal_form import new_form_token
from .common import PortalHttpCase
from .service_common import IMEI, ServicePeople

ORDERS_URL = "/my/service-orders"
NEW_URL = f"{ORDERS_URL}/new"


class ServiceWizardCase(ServicePeople, PortalHttpCase):
    """A customer who fills in the form of a service order in a browser."""

    # === WHAT HE DOES === #

    def _type(self, /, **values):
        """Return what a complete form holds, with some values typed otherwise."""
        return {
            "location_id": str(self.berlin.id),
            "service_type_id": str(self.repair.id),
            "device_name": "iPhone 15",
            "imei": IMEI,
            "issue": "Does not charge",
            self._task(self.find_my): "yes",
        } | values

    def _send(self, user, url=NEW_URL, /, step="summary", files=None, **values):
        """Return the answer to the form of a page, with some values typed."""
        data = self._form_of(self.open_as(user, url)) | values | {"step": step}
        return self.post_as(user, url, data, files=files)

    def _send_whole(self, user, /, step="summary", **values):
        """Return the answer to a new and complete form."""
        return self._send(user, step=step, **self._type(**values))

    def _post_whole(self, user, /, step="summary", **values):
        """Return the answer to a complete form that was not looked at before."""
        data = self._type(**values) | {"step": step}
        return self.post_as(user, NEW_URL, {"form_token": new_form_token()} | data)

    def _draft_by_form(self, user, /, step="summary", **values):
        """Return the draft that a complete form leads to, seen with the user's eyes."""
        known = self.orders.search([])
        answer = self._send_whole(user, step=step, **values)
        self.assertEqual(answer.status_code, 303, self._messages(answer))
        return (self.orders.search([]) - known).with_user(user)

    def _approve(self, user, order, **values):
        """Return the answer to the approval of a summary."""
        page = self.open_as(user, f"{order.access_url}/summary")
        data = {"edition": self._value(page, "edition")} | values
        return self.post_as(user, f"{order.access_url}/approve", data)

    def _task(self, task):
        return f"task_{task.id}"

    # === WHAT HE SEES === #

    def _form_of(self, page):
        """Return what the form on a page would send: ``{name: value}``."""
        values = {}
        for name, value in self._form(page).form_values():
            if name in ("csrf_token", "step"):
                continue
            if name in values:  # boxes that share a name
                value = [*([values[name]] if name in values else []), value]
            values[name] = value
        return values

    def _form(self, page):
        [form] = html.fromstring(page.content).xpath(
            "//form[contains(@class, 'o_service_form')]"
        )
        return form

    def _value(self, page, name):
        [value] = html.fromstring(page.content).xpath(f"//input[@name='{name}']/@value")
        return value

    def _texts(self, page, xpath):
        """Return the texts of some nodes of a page, without the space around them."""
        nodes = html.fromstring(page.content).xpath(xpath)
        return [" ".join(node.text_content().split()) for node in nodes]

    def _messages(self, page):
        """Return the messages at the fields: ``{field: message}``."""
        nodes = html.fromstring(page.content).xpath(
            "//*[contains(@class, 'invalid-feedback')]"
        )
        return {
            node.get("id").removesuffix("_error"): " ".join(node.text_content().split())
            for node in nodes
        }

    def _wrong_fields(self, page):
        """Return the names of the fields that are marked as wrong."""
        return set(
            html.fromstring(page.content).xpath(
                "//*[contains(@class, 'is-invalid')]/@name"
            )
        )

    def _required_fields(self, page):
        """Return the labels that end with a star."""
        labels = self._texts(page, "//form//label | //form//legend")
        return [label.removesuffix(" *") for label in labels if label.endswith(" *")]

    def _options(self, page, name):
        """Return what a select offers, and which of it is chosen."""
        options = html.fromstring(page.content).xpath(
            f"//select[@name='{name}']/option"
        )
        chosen = [it.text_content() for it in options if it.get("selected")]
        return [it.text_content() for it in options if it.get("value")], chosen

    def _rows(self, page):
        """Return what the summary says: ``{label: text}``."""
        names = self._texts(page, "//dl/dt")
        return dict(zip(names, self._texts(page, "//dl/dd"), strict=True))

    def _named(self, page, name):
        """Return the text of a named part of a page; empty if it is not there."""
        return " ".join(self._texts(page, f"//*[@name='{name}']"))
