from . import container_request_form
from . import portal
from . import portal_request
