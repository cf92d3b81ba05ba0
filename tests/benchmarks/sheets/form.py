"""A customer who fills in a sheet, page by page, beside one who fills in a survey."""

import re

from shared.measuring import Case, WrongAnswer, form_values

PAGE = "page of a sheet"
PAGE_OF_TEN = "page of a sheet with 10 pages"
STOCK_PAGE = "stock: page of a survey"
SAVE = "save: all 8 answers of a page"
SAVE_ONE = "save: one answer"
SAVE_FORM = "POST of a page, without JavaScript"
STOCK_SAVE = "stock: /survey/submit of 8 answers"
SUMMARY_TEN = "summary of 10 pages with 80 questions"
SUMMARY_TWO = "summary of 2 pages with 4 questions"

URL = "/my/order-sheets"
TEXTS = tuple(f"text_1_{turn}" for turn in range(4))


class FormQuestions:
    def prepare_form(self):
        self.token = self.huge.csrf_token("/my/security")
        self.form, self.ten, self.two = map(self.start, ("Form", "Ten", "Two"))
        self.page_id, self.ten_page_id, two_page_id = (
            self.first_page(name) for name in ("Form", "Ten", "Two")
        )
        for url, page_id in ((self.ten, self.ten_page_id), (self.two, two_page_id)):
            self._send(url, page_id, {"text_0_0": "Here"}, 1)
        self.turn, self.rev = 0, 1
        self._prepare_survey()

    def start(self, sheet, person=None):
        """Begin to fill in a sheet; where the request is."""
        (sheet_id,) = self._ids(
            "SELECT id FROM order_sheet WHERE name ->> 'en_US' = %s", sheet
        )
        person = person or self.huge
        token = self.token if person is self.huge else person.token
        answer = person.post(f"{URL}/{sheet_id}/start", csrf_token=token)
        found = re.search(rf"{URL}/requests/\d+", answer.location)
        if not found:
            raise WrongAnswer(f"{sheet} cannot be filled in: {answer.status}")
        return found[0]

    def first_page(self, sheet):
        (page_id,) = self._ids(
            """
            SELECT min(p.id) FROM order_sheet_page AS p
            JOIN order_sheet AS s ON s.id = p.sheet_id WHERE s.name ->> 'en_US' = %s
            """,
            sheet,
        )
        return page_id

    def _prepare_survey(self):
        token = self._get_text("SELECT access_token FROM survey_survey")
        answer = self.huge.open(f"/survey/start/{token}")
        self.survey = re.search(r"/survey/(\w[\w-]+/[\w-]+)", answer.location)[1]
        self.huge.call(f"/survey/begin/{self.survey}")
        *self.questions, _second = self._ids(
            "SELECT id FROM survey_question WHERE sequence <= 200 ORDER BY sequence"
        )
        self.choices = self._ids("SELECT id FROM survey_question_answer ORDER BY id")

    # === CASES === #

    def get_form_cases(self):
        def shows_inputs(answer):
            return all(f'name="answer.{text}"' in answer.text for text in TEXTS)

        return [
            Case(
                PAGE,
                lambda: self.huge.open(f"{self.form}/page/{self.page_id}"),
                shows_inputs,
            ),
            Case(
                PAGE_OF_TEN,
                lambda: self.huge.open(f"{self.ten}/page/{self.ten_page_id}"),
                lambda answer: 'value="Here"' in answer.text,
            ),
            Case(
                STOCK_PAGE,
                lambda: self.huge.open(f"/survey/{self.survey}"),
                lambda answer: answer.text.count("char_box") >= 4,
            ),
            *self._saves(),
            self._summary(SUMMARY_TEN, self.ten, 10),
            self._summary(SUMMARY_TWO, self.two, 2),
        ]

    def _saves(self):
        def is_kept(answer):
            return not answer.result["errors"] and not answer.result["conflicts"]

        return [
            Case(SAVE, lambda: self._save(self._get_typed()), is_kept),
            Case(SAVE_ONE, lambda: self._save(self._get_typed(TEXTS[:1])), is_kept),
            Case(SAVE_FORM, self._post, lambda answer: answer.status == 303),
            Case(
                STOCK_SAVE,
                self._submit_survey,
                lambda answer: "survey_content" in answer.result[1],
            ),
        ]

    def _summary(self, name, url, pages):
        return Case(
            name,
            lambda: self.huge.open(f"{url}/summary"),
            lambda answer: answer.text.count('aria-label="incomplete"') == pages,
        )

    # === HELPERS === #

    def _get_typed(self, names=None):
        """Other answers than the last ones."""
        self.turn += 1
        typed = {text: f"Answer {self.turn}" for text in TEXTS} | {
            "words": f"Many words {self.turn}",
            "amount": str(self.turn),
            "choice": ("sun", "power")[self.turn % 2],
            "multi": ["sun", ("power", "balance")[self.turn % 2]],
        }
        return {name: typed[name] for name in names or typed}

    def _send(self, url, page_id, typed, rev):
        return self.huge.call(f"{url}/save", page_id=page_id, values=typed, rev=rev)

    def _save(self, typed):
        answer = self._send(self.form, self.page_id, typed, self.rev)
        self.rev = answer.result["rev"]
        return answer

    def _post(self):
        """Send the page as a browser does that has no JavaScript."""
        url = f"{self.form}/page/{self.page_id}"
        values = form_values(self.huge.open(url), url)
        typed = {
            f"answer.{name}": text
            for name, text in self._get_typed().items()
            if name != "multi"
        }
        self.rev += 1
        return self.huge.post(url, **values | typed | {"step": "next"})

    def _submit_survey(self):
        page_id, *questions = self.questions
        typed = self._get_typed()
        choices = [self.choices[it] for it in (self.turn % 2, 3 + self.turn % 2, 5)]
        answers = [typed[text] for text in TEXTS] + [typed["words"], typed["amount"]]
        answers += [str(choices[0]), [str(choices[1]), str(choices[2])]]
        values = {
            str(question): answer
            for question, answer in zip(questions, answers, strict=True)
        }
        return self.huge.call(
            f"/survey/submit/{self.survey}", page_id=page_id, **values
        )
