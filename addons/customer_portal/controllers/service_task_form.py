from functools import cached_property

from odoo.fields import Command
from odoo.http import request

from ..models.customer_service_order import MAX_LINE, MAX_TEXT
from .portal_files import UploadForm
from .portal_form import clean_text


class ServiceTaskForm(UploadForm):
    """What a customer answers to the tasks of a service.

    Each task is a field ``task_<id>``. A form of this kind sets ``order_sudo``, as far
    as it is known, and ``draft_sudo``, as it was kept; maybe empty.
    """

    max_line = MAX_LINE
    max_text = MAX_TEXT
    is_sent = False  # whether a customer typed all this, or it is shown to him first

    @cached_property
    def tasks_sudo(self):
        """What the customer is asked, in his language."""
        return self.order_sudo._get_tasks()

    # === WHAT THE PAGE SHOWS === #

    def shown_answer(self, task):
        """Return what the input of a task holds, or the key of its choice."""
        if self.is_sent:
            return self.typed.get(self.task_name(task), "")
        answer = self._get_kept(task)
        reader = _KEPT.get(task.answer_type)
        return reader(answer) if answer and reader else ""

    def shown_options(self, task):
        """Return which options are ticked: a set of keys."""
        if self.is_sent:
            return set(map(clean_text, self._values(self.task_name(task))))
        return set(map(str, self._get_kept(task).option_ids.ids))

    def kept_file(self, task):
        """Return the file that was kept with the draft, or an empty recordset."""
        return self._get_kept(task).attachment_id

    def is_file_lost(self, task):
        """Return whether a chosen file has to be chosen again: no page can hold it."""
        files = request.httprequest.files.getlist(self.task_name(task))
        return self.is_sent and any(file.filename for file in files)

    def yes_no_options(self, task):
        """Return ``[(key, label)]``; who need not answer can take an answer back."""
        _ = request.env._
        answers = [("yes", _("Yes")), ("no", _("No"))]
        return answers if task.required else [*answers, ("", _("No answer"))]

    def group_attributes(self, task, hint_id=None):
        """Return the attributes of a group of options, as ``attributes`` does."""
        attributes = self.attributes(self.task_name(task), "mb-3", hint_id)
        attributes |= {"class": "mb-3", "name": None, "autofocus": None}
        is_radio = task.answer_type == "yes_no"
        if is_radio:
            required = "true" if task.required else None
            return attributes | {"role": "radiogroup", "aria-required": required}
        return attributes | {"role": "group", "aria-invalid": None}

    def option_attributes(self, task, key, is_first):
        """Return the attributes of one option; the first one can get the focus."""
        name = self.task_name(task)
        attributes = self.attributes(name, "form-check-input")
        if not is_first:
            attributes["autofocus"] = None
        return attributes | {"id": f"{name}_{key}", "aria-describedby": None}

    def task_name(self, task):
        return f"task_{task.id}"

    # === WHAT WAS SENT === #

    def parse_answers(self):
        """Return the answers as values of an order; their files are in ``uploads``."""
        self.uploads = {}
        answers_sudo = self.draft_sudo.answer_ids
        return [
            Command.clear(),
            *(
                Command.create(answers_sudo._prepare_answer_vals(task, **values))
                for task in self.tasks_sudo
                if (values := _READERS[task.answer_type](self, task))
            ),
        ]

    def _read_line(self, task):
        text = self.text(self.task_name(task), task.name, max_length=MAX_LINE)
        return text and {"value_text": text}

    def _read_text(self, task):
        text = self.text(
            self.task_name(task), task.name, max_length=MAX_TEXT, multiline=True
        )
        return text and {"value_text": text}

    def _read_yes_no(self, task):
        answer = self.yes_no(self.task_name(task), task.name)
        return answer is not None and {"value_boolean": answer}

    def _read_choice(self, task):
        option = self.record(self.task_name(task), task.name, task.option_ids)
        return option and {"option_ids": [Command.set(option.ids)]}

    def _read_choices(self, task):
        options = {str(option.id): option.id for option in task.option_ids}
        chosen = self.choices(self.task_name(task), task.name, options)
        return chosen and {"option_ids": [Command.set([options[it] for it in chosen])]}

    def _read_integer(self, task):
        number = self.integer(self.task_name(task), task.name)
        return number is not None and {"value_integer": number}

    def _read_date(self, task):
        day = self.date(self.task_name(task), task.name)
        return day and {"value_date": day}

    def _read_file(self, task):
        """Return the name of a new file, or the file that was kept before."""
        name = self.task_name(task)
        for upload in self.files(
            name, task.name, maximum=1, company=self.order_sudo.company_id
        ):
            self.uploads[task.id] = upload
            return {"value_text": upload.name}
        kept = self.kept_file(task)
        if not kept or self.flag(f"{name}_delete"):
            return None
        return {"value_text": kept.name, "attachment_id": kept.id}

    # === HELPERS === #

    @cached_property
    def _kept_answers(self):
        return self.draft_sudo.answer_ids.grouped("task_id")

    def _get_kept(self, task):
        empty = request.env["customer.service.answer"]
        return self._kept_answers.get(task, empty)


_READERS = {
    "text": ServiceTaskForm._read_line,
    "longtext": ServiceTaskForm._read_text,
    "yes_no": ServiceTaskForm._read_yes_no,
    "choice": ServiceTaskForm._read_choice,
    "multi": ServiceTaskForm._read_choices,
    "integer": ServiceTaskForm._read_integer,
    "date": ServiceTaskForm._read_date,
    "file": ServiceTaskForm._read_file,
}
_KEPT = {
    "text": lambda answer: answer.value_text or "",
    "longtext": lambda answer: answer.value_text or "",
    "yes_no": lambda answer: "yes" if answer.value_boolean else "no",
    "choice": lambda answer: str(answer.option_ids[:1].id or ""),
    "integer": lambda answer: str(answer.value_integer),
    "date": lambda answer: str(answer.value_date or ""),
}
