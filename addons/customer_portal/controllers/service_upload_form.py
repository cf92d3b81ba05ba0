from odoo.http import DEFAULT_MAX_CONTENT_LENGTH, request

from .portal_files import MAX_FILES, UploadForm

REST_OF_FORM = 64 * 1024  # what a browser sends beside the files


class ServiceUploadForm(UploadForm):
    """Files that a customer sends while his order is worked on."""

    field_order = ("files",)
    maximum = MAX_FILES

    def parse(self, order):
        """Read the files into ``uploads``."""
        if not order._may_get_files():
            self.fail("files", request.env._("This order takes no files any more."))
        self.uploads = self.files(
            "files",
            request.env._("Files"),
            required=True,
            maximum=self.maximum,
            company=order.company_id,
        )


def get_most_bytes(_controller):
    """Return how long a request with files may be: longer ones are not even read."""
    wanted = MAX_FILES * request.env.company._portal_upload_max_bytes() + REST_OF_FORM
    return min(wanted, DEFAULT_MAX_CONTENT_LENGTH)
