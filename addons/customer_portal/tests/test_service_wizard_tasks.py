from lxml import html

from odoo.fields import Command

from .service_wizard_pages import NEW_URL, ServiceWizardCase

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00"
    b"\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n"
    b"-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


class TestServiceWizardTasks(ServiceWizardCase):
    """What customers are asked, in eight kinds, and what becomes of their answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tasks = cls.env["customer.service.task"]
        cls.text = cls._ask("text", "Customer number", help="On the invoice.")
        cls.choice = cls._ask("choice", "Colour", ("Black", "White"))
        cls.multi = cls._ask("multi", "What happens?", ("No sound", "Heat", "Smoke"))
        cls.number = cls._ask("integer", "How many?")
        cls.day = cls._ask("date", "Since when?")
        cls.file = cls._ask("file", "Photo")

    @classmethod
    def _ask(cls, answer_type, name, options=(), **values):
        return cls.tasks.create(
            {
                "name": name,
                "answer_type": answer_type,
                "service_type_ids": [Command.set(cls.repair.ids)],
                "option_ids": [Command.create({"name": it}) for it in options],
            }
            | values
        )

    def _answers(self, order):
        """Return what was answered: ``{task: text}``."""
        return {it.task_id: it.display_value for it in order.sudo().answer_ids}

    def _send_file(self, user, url=NEW_URL, name="photo.png", content=PNG, **values):
        """Return the answer to a form with a file for the task that wants one."""
        files = {self._task(self.file): (name, content, "application/octet-stream")}
        typed = self._type(**values) if url == NEW_URL else values
        return self._send(user, url, files=files, **typed)

    def _last_draft(self):
        return self.orders.search([], limit=1).with_user(self.anna)

    # === ALL KINDS === #

    def test_each_kind_of_answer_makes_the_round_trip(self):
        black, heat = self.choice.option_ids[0], self.multi.option_ids[1]
        smoke = self.multi.option_ids[2]
        typed = {
            self._task(self.find_my): "no",
            self._task(self.damage): "A scratch\nat the edge",
            self._task(self.text): "K-4711",
            self._task(self.choice): str(black.id),
            self._task(self.multi): [str(heat.id), str(smoke.id)],
            self._task(self.number): "-3",
            self._task(self.day): "2024-02-29",
        }
        answer = self._send_file(self.anna, **typed)
        self.assertEqual(answer.status_code, 303, self._messages(answer))
        order = self._last_draft()
        texts = {
            self.find_my: "No",
            self.damage: "A scratch\nat the edge",
            self.text: "K-4711",
            self.choice: "Black",
            self.multi: "Heat, Smoke",
            self.number: "-3",
            self.day: "02/29/2024",
            self.file: "photo.png",
        }
        self.assertEqual(self._answers(order), texts)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        shown = self._rows(page)
        for task, text in texts.items():
            self.assertEqual(shown[task.name], text.replace("\n", " "))

        page = self.open_as(self.anna, f"{order.access_url}/edit")
        form = self._form_of(page)
        self.assertEqual({name: form[name] for name in typed}, typed)
        self.assertIn("photo.png", self._named(page, "file_kept"))

        self._send(self.anna, f"{order.access_url}/edit", device_name="iPhone 16")
        self.assertEqual(order.device_name, "iPhone 16")
        self.assertEqual(self._answers(order), texts)

    def test_what_is_not_answered_is_no_answer(self):
        order = self._draft_by_form(self.anna)
        self.assertEqual(self._answers(order), {self.find_my: "Yes"})

    def test_zero_and_no_are_answers(self):
        (self.number | self.find_my).required = True
        order = self._draft_by_form(
            self.anna,
            **{self._task(self.number): "0", self._task(self.find_my): "no"},
        )
        self.assertEqual(self._answers(order), {self.find_my: "No", self.number: "0"})

    def test_answers_can_be_taken_back(self):
        self.find_my.required = False
        order = self._draft_by_form(
            self.anna,
            **{
                self._task(self.text): "K-4711",
                self._task(self.multi): str(self.multi.option_ids[0].id),
            },
        )
        url = f"{order.access_url}/edit"
        data = self._form_of(self.open_as(self.anna, url)) | {"step": "summary"}
        data |= {self._task(self.text): "", self._task(self.find_my): ""}
        del data[self._task(self.multi)]  # as browsers send boxes that are not ticked
        self.post_as(self.anna, url, data)
        self.assertEqual(self._answers(order), {})

    def test_a_mistake_elsewhere_loses_no_answer(self):
        chosen = [str(option.id) for option in self.multi.option_ids[:2]]
        typed = {
            self._task(self.find_my): "no",
            self._task(self.text): "K-4711",
            self._task(self.choice): str(self.choice.option_ids[1].id),
            self._task(self.multi): chosen,
            self._task(self.number): "7",
            self._task(self.day): "2024-02-29",
        }
        for step, wrong in (("summary", {"issue": ""}), ("refresh", {})):
            page = self._send_whole(self.anna, step=step, **typed, **wrong)
            self.assertEqual(page.status_code, 200)
            form = self._form_of(page)
            self.assertEqual({name: form[name] for name in typed}, typed)

    def test_each_required_kind_is_asked_for(self):
        tasks = self.tasks.search([("service_type_ids", "in", self.repair.ids)])
        tasks.required = True
        self.assertEqual(len(set(tasks.mapped("answer_type"))), 8)
        page = self._send_whole(self.anna, **{self._task(self.find_my): ""})
        self.assertEqual(set(self._messages(page)), set(map(self._task, tasks)))
        self.assertEqual(self._wrong_fields(page), set(map(self._task, tasks)))
        self.assertFalse(self.orders.search([]))
        answer = self._send(self.anna, step="save", **self._type())
        self.assertEqual(answer.status_code, 303)

    def test_a_task_is_labelled_and_explained(self):
        page = self._send(self.anna, step="refresh", **self._type())
        tree = html.fromstring(page.content)
        [field] = tree.xpath(f"//input[@name='{self._task(self.text)}']")
        [label] = tree.xpath(f"//label[@for='{field.get('id')}']")
        self.assertEqual(label.text_content().strip(), "Customer number")
        [hint] = tree.xpath(f"//*[@id='{field.get('aria-describedby')}']")
        self.assertEqual(hint.text, "On the invoice.")
        [group] = tree.xpath(f"//fieldset[@id='{self._task(self.find_my)}']")
        self.assertEqual(group.get("aria-required"), "true")
        self.assertIn("Find my iPhone", group.find("legend").text_content())

    # === WHICH TASKS === #

    def test_tasks_follow_service_location_and_role(self):
        self.tasks.search([]).active = False
        everywhere = self._ask("text", "Everywhere", service_type_ids=False)
        berlin = self._ask(
            "text", "Berlin", location_ids=[Command.set(self.berlin.ids)]
        )
        reseller = self._ask("text", "Reseller", reseller_only=True)
        self._ask("text", "Wien", location_ids=[Command.set(self.wien.ids)])
        self._ask("text", "Other", service_type_ids=[Command.set(self.warranty.ids)])
        for user, tasks in (
            (self.anna, everywhere | berlin | reseller),
            (self.carla, everywhere | berlin),
        ):
            page = self._send(user, step="refresh", **self._type())
            asked = [name for name in self._form_of(page) if name.startswith("task_")]
            self.assertEqual(asked, list(map(self._task, tasks)))

    def test_answers_to_what_is_not_asked_are_ignored(self):
        other = self._ask(
            "text", "Other", service_type_ids=[Command.set(self.warranty.ids)]
        )
        order = self._draft_by_form(
            self.anna, **{self._task(other): "Forged", "task_0": "x", "task_": "y"}
        )
        self.assertEqual(self._answers(order), {self.find_my: "Yes"})

    def test_answers_leave_with_the_service_that_asked_for_them(self):
        self._send_file(self.anna)
        order = self._last_draft()
        file = order.sudo().answer_ids.attachment_id
        self.assertEqual(order.sudo().public_attachment_ids, file)
        url = f"{order.access_url}/edit"
        self._send(self.anna, url, service_type_id=str(self.warranty.id))
        self.assertEqual(self._answers(order), {})
        self.assertFalse(file.exists())

    # === WRONG ANSWERS === #

    def test_wrong_answers_are_said_at_their_fields(self):
        foreign = self._ask("choice", "Foreign", ("Red",), service_type_ids=False)
        foreign.location_ids = self.wien
        option = str(foreign.option_ids.id)
        not_offered = "Please choose “%s” from the list."
        cases = (
            (self.find_my, "perhaps", not_offered % self.find_my.name),
            (self.choice, option, not_offered % "Colour"),
            (self.choice, "0", not_offered % "Colour"),
            (self.multi, [option], not_offered % "What happens?"),
            (self.multi, ["\x00"], not_offered % "What happens?"),
            (self.number, "1.5", "“How many?” must be a whole number."),
            (self.number, "9" * 30, "“How many?” must be a whole number."),
            (self.day, "2026-02-30", "“Since when?” is not a valid date."),
            (
                self.text,
                "a" * 129,
                "“Customer number” may have 128 characters, not 129.",
            ),
            (
                self.damage,
                "a\x00b",
                "“Visible damage” contains characters that cannot be used.",
            ),
        )
        for task, value, message in cases:
            for step in ("summary", "save"):
                page = self._send_whole(
                    self.anna, step=step, **{self._task(task): value}
                )
                self.assertEqual(self._messages(page), {self._task(task): message})
        self.assertFalse(self.orders.search([]))

    # === FILES === #

    def test_a_file_answers_its_task_and_belongs_to_the_order(self):
        answer = self._send_file(self.anna)
        self.assertEqual(answer.status_code, 303)
        order = self._last_draft()
        file = order.sudo().answer_ids.attachment_id
        self.assertEqual((file.name, file.raw), ("photo.png", PNG))
        self.assertEqual((file.res_model, file.res_id), (order._name, order.id))
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        url = f"{order.access_url}/attachment/{file.id}"
        self.assertIn(url, html.fromstring(page.content).xpath("//dd/a/@href"))

    def test_a_new_file_takes_the_place_of_the_old_one(self):
        self._send_file(self.anna)
        order = self._last_draft()
        old = order.sudo().answer_ids.attachment_id
        self._send_file(self.anna, f"{order.access_url}/edit", name="new.png")
        new = order.sudo().answer_ids.attachment_id
        self.assertEqual(new.name, "new.png")
        self.assertEqual(order.sudo().public_attachment_ids, new)
        self.assertFalse(old.exists())

    def test_a_kept_file_can_be_deleted_unless_it_is_required(self):
        self._send_file(self.anna)
        order = self._last_draft()
        url, name = f"{order.access_url}/edit", f"{self._task(self.file)}_delete"
        self.file.required = True
        self.assertNotIn(name, self.open_as(self.anna, url).text)
        page = self._send(self.anna, url, **{name: "1"})
        self.assertEqual(list(self._messages(page)), [self._task(self.file)])
        self.file.required = False
        self.assertIn(name, self.open_as(self.anna, url).text)
        self._send(self.anna, url, **{name: "1"})
        self.assertEqual(self._answers(order), {self.find_my: "Yes"})
        self.assertFalse(order.sudo().public_attachment_ids)

    def test_nothing_is_stored_while_something_is_wrong(self):
        files = self.env["ir.attachment"].search_count([])
        page = self._send_file(self.anna, issue="")
        self.assertEqual(list(self._messages(page)), ["issue"])
        self.assertEqual(
            self._named(page, "file_lost"), "Please choose the file again."
        )
        self.assertFalse(self.orders.search([]))
        self.assertEqual(self.env["ir.attachment"].search_count([]), files)

    def test_files_that_are_not_taken_are_refused_at_the_field(self):
        refused = (
            ("virus.exe", b"MZ\x90\x00"),
            ("page.html", b"<html><script>alert(1)</script></html>"),
            ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("photo.png", b"<html>no picture</html>"),
            ("empty.png", b""),
        )
        for name, content in refused:
            page = self._send_file(self.anna, name=name, content=content)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(list(self._messages(page)), [self._task(self.file)])
        self.assertFalse(self.orders.search([]))

    # === COST === #

    def test_the_cost_of_the_pages_does_not_grow_with_the_tasks(self):
        self._send_file(
            self.anna,
            **{
                self._task(self.choice): str(self.choice.option_ids[0].id),
                self._task(self.multi): str(self.multi.option_ids[0].id),
            },
        )
        order = self._last_draft()
        urls = (f"{order.access_url}/edit", f"{order.access_url}/summary")
        few = {}
        for url in urls:
            self.open_as(self.anna, url)
            few[url] = self.count_queries(url)
        for number in range(6):
            self._answer_by_hand(
                order,
                self._ask("multi", f"Some {number}", ("A", "B", "C")),
                self._ask("choice", f"One {number}", ("A", "B", "C")),
                self._ask("file", f"File {number}"),
            )
        for url in urls:
            self.open_as(self.anna, url)
            self.assertEqual(self.count_queries(url), few[url])

    def _answer_by_hand(self, order, *tasks):
        for task in tasks:
            order.sudo().answer_ids = [
                Command.create(
                    order.sudo().answer_ids._prepare_answer_vals(
                        task,
                        option_ids=[Command.set(task.option_ids[:2].ids)],
                        value_text=task.name,
                    )
                )
            ]
            if task.answer_type == "file":
                upload = ("photo.png", PNG, "image/png")
                order.sudo()._answer_with_files({task.id: upload})
