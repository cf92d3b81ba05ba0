from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

REFUSALS = (UserError, LockError)
TABLES = (  # what hangs on an order without being deleted with it
    ("mail_message", "model = 'order.sheet.request' AND res_id = ANY(%s)"),
    ("mail_followers", "res_model = 'order.sheet.request' AND res_id = ANY(%s)"),
    ("mail_activity", "res_model = 'order.sheet.request' AND res_id = ANY(%s)"),
    ("order_sheet_request", "id = ANY(%s)"),
)


class TestParallel(PortalTransactionCase):
    """Two people at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_committed(self.env(cr=cr, su=True))

    def _create_committed(self, env):
        customer = env["res.partner"].create(
            {"name": "Parallel GmbH", "is_company": True}
        )
        contacts = env["res.partner"].create(
            [{"name": name, "parent_id": customer.id} for name in ("Paula", "Paul")]
        )
        product = env["product.product"].create({"name": "Parallel Flyer"})
        questions = (
            {"key": "center", "label": "Center"},
            {"key": "city", "label": "City"},
            {
                "key": "flyer",
                "label": "Flyer",
                "field_type": "product_qty",
                "product_ids": [Command.set(product.ids)],
            },
        )
        page = {"name": "Page", "field_ids": [Command.create(it) for it in questions]}
        sheet = env["order.sheet"].create(
            {
                "name": "Parallel",
                "audience": "partners",
                "partner_ids": [Command.set(customer.ids)],
                "page_ids": [Command.create(page)],
            }
        )
        sheet._publish()
        self.customer_id, self.contact_ids = customer.id, contacts.ids
        self.sheet_id, self.product_id = sheet.id, product.id
        self.range_ids = self._get_sequence(env).date_range_ids.ids

    def _delete_committed(self):
        # Nobody may delete what was submitted, so a test does it in SQL.
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            sheets = env["order.sheet"].browse(self.sheet_id)._get_versions()
            requests = env["order.sheet.request"].search(
                [("sheet_id", "in", sheets.ids)]
            )
            orders = requests.sale_order_ids
            orders._action_cancel()
            orders.unlink()
            for table, condition in TABLES:
                cr.execute(f"DELETE FROM {table} WHERE {condition}", [requests.ids])  # noqa: S608
            env.invalidate_all()
            env["customer.mail.event"].search([]).unlink()
            (sheets - sheets._get_root()).unlink()
            sheets.exists().unlink()
            ranges = self._get_sequence(env).date_range_ids
            ranges.filtered(lambda it: it.id not in self.range_ids).unlink()
            env["product.product"].browse(self.product_id).unlink()
            env["res.partner"].browse(self.contact_ids).unlink()
            env["res.partner"].browse(self.customer_id).unlink()

    def _get_sequence(self, env):
        return env.ref("order_sheets.order_sheet_request_sequence")

    # === WHAT PEOPLE DO === #

    def _start(self, number=0):
        """Return what a contact does who begins: what ``run_in_parallel`` takes."""

        def run(env):
            sheet = env["order.sheet"].browse(self.sheet_id)
            contact = env["res.partner"].browse(self.contact_ids[number])
            return env["order.sheet.request"]._start(sheet, contact).id

        return self.as_server(run)

    def _act(self, act, *args, model="order.sheet.request", **kwargs):
        record_id = self.request_id if model == "order.sheet.request" else self.sheet_id

        def run(env):
            getattr(env[model].browse(record_id), act)(*args, **kwargs)
            return act

        return self.as_server(run)

    def _submit(self, number=0):
        def run(env):
            contact = env["res.partner"].browse(self.contact_ids[number])
            env["order.sheet.request"].browse(self.request_id)._submit(contact)
            return "_submit"

        return self.as_server(run)

    def _run(self, *acts):
        """Do things at once.

        :return: what was done, and what was refused
        """
        with mute_logger("odoo.sql_db"):
            results = self.run_in_parallel(*acts)
        refusals = [result for result in results if isinstance(result, Exception)]
        for refusal in refusals:
            self.assertIsInstance(refusal, REFUSALS)
        return [it for it in results if it not in refusals], refusals

    def _prepare(self, *acts, **typed):
        """Begin a request that is committed, fill it in, and do more with it."""
        [self.request_id], _refusals = self._run(self._start())
        if typed:
            self._run(self._act("_save_typed", typed, 1))
        for act in acts:
            done, refused = self._run(self._submit() if act == "_submit" else act)
            self.assertFalse(refused)

    def _read(self, read):
        """Return what others see now: the result of a function of all requests."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            sheets = env["order.sheet"].browse(self.sheet_id)._get_versions()
            return read(
                env["order.sheet.request"].search([("sheet_id", "in", sheets.ids)])
            )

    # === FILLING IN === #

    def test_two_colleagues_begin_one_draft(self):
        started, refused = self._run(self._start(0), self._start(1))
        self.assertFalse(refused)
        self.assertEqual(len(set(started)), 1)
        self.assertEqual(self._read(lambda it: it.ids), [started[0]])

    def test_inputs_of_two_colleagues_are_both_kept(self):
        self._prepare()
        self._run(
            self._again(self._act("_save_typed", {"center": "Mitte"}, 1)),
            self._again(self._act("_save_typed", {"city": "Lindau"}, 1)),
        )
        answers = self._read(lambda it: sorted(it.answer_ids.mapped("value_text")))
        self.assertEqual(answers, ["Lindau", "Mitte"])
        self.assertEqual(self._read(lambda it: it.rev), 3)

    def test_one_of_two_answers_to_a_question_is_kept(self):
        self._prepare()
        saved = []

        def save(text):
            def run(env):
                request = env["order.sheet.request"].browse(self.request_id)
                saved.append((text, request._save_typed({"center": text}, 1)))
                return text

            return self._again(self.as_server(run))

        self._run(save("Mitte"), save("West"))
        [kept] = self._read(lambda it: it.answer_ids.mapped("value_text"))
        # whoever came second reads what the first one has typed
        conflicts = [it.conflicts["center"] for _text, it in saved if it.conflicts]
        self.assertEqual([it["theirs"] for it in conflicts], [kept])

    def _again(self, act):
        """Return the act as the page does it: what is locked is tried again."""

        def run(env):
            while True:
                try:
                    return act(env)
                except LockError:
                    env.cr.rollback()

        return run

    # === SUBMITTING === #

    def test_order_is_submitted_once(self):
        self._prepare(flyer="5")
        done, refused = self._run(self._submit(0), self._submit(1))
        self.assertEqual((len(done), len(refused)), (1, 1))
        self.assertEqual(self._read(lambda it: it.mapped("state")), ["submitted"])
        self.assertEqual(self._read(lambda it: it.line_ids.mapped("quantity")), [5])

    def test_nothing_is_saved_into_what_is_being_submitted(self):
        self._prepare(center="Mitte")
        save = self._act("_save_typed", {"center": "West"}, 2)
        self._run(self._submit(), save)
        kept = self._read(lambda it: it.answer_ids.value_text)
        read = self._read(lambda it: it.snapshot)
        if read:  # the submission was first, or came after it
            self.assertEqual(read["pages"][0]["fields"][0]["text"], kept)
        else:
            self.assertEqual(kept, "West")

    def test_sheet_that_closes_takes_an_order_or_refuses_it(self):
        self._prepare(flyer="5")
        close = self._act("action_close", model="order.sheet")
        done, refused = self._run(self._submit(), close)
        state = self._read(lambda it: it.state)
        self.assertEqual(state, "submitted" if "_submit" in done else "draft")
        self.assertIn("action_close", done)

    # === THE OFFICE === #

    def test_sale_order_is_created_once(self):
        self._prepare("_submit", flyer="5")
        done, refused = self._run(self._sell(), self._sell())
        self.assertEqual((len(done), len(refused)), (1, 1))
        self.assertEqual(self._read(lambda it: len(it.sale_order_ids)), 1)

    def _sell(self):
        """Return what somebody in the office does who presses the button."""

        def run(env):
            request = env["order.sheet.request"].browse(self.request_id)
            person = env.ref("base.user_admin")
            request.with_user(person).action_create_sale_order()
            return "action_create_sale_order"

        return self.as_server(run)

    def test_one_takes_what_the_other_returns(self):
        self._prepare("_submit", flyer="5")
        done, _refused = self._run(self._act("_take"), self._act("_return", "Why"))
        state = self._read(lambda it: it.state)
        expected = {
            ("_take",): ("in_progress",),
            ("_return",): ("returned",),
            ("_take", "_return"): ("returned",),  # one after the other
        }
        self.assertIn(state, expected[tuple(sorted(done, reverse=True))])

    def test_customer_cancels_what_is_being_taken(self):
        self._prepare("_submit", flyer="5")
        done, refused = self._run(self._act("_take"), self._act("_cancel_by_customer"))
        self.assertEqual((len(done), len(refused)), (1, 1))
        state = {"_take": "in_progress", "_cancel_by_customer": "cancelled"}[done[0]]
        self.assertEqual(self._read(lambda it: it.state), state)

    def test_number_of_a_version_is_given_once(self):
        self._prepare()

        def create(env):
            try:
                env["order.sheet"].browse(self.sheet_id)._create_version()
                env.flush_all()
            except Exception as error:  # noqa: BLE001
                raise UserError(str(error)) from error
            return "created"

        done, refused = self._run(create, create)
        self.assertEqual((len(done), len(refused)), (1, 1))
        versions = self._read(lambda it: it.sheet_id._get_versions().mapped("version"))
        self.assertEqual(sorted(versions), [1, 2])
