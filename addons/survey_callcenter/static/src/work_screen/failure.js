import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

const SESSION_EXPIRED = "odoo.http.SessionExpiredException";

/**
 * Say in words what went wrong with a call of the server, and whether it is worth to
 * try again. Anything else than a failed call is a mistake in the program: it is thrown.
 */
export function describeFailure(error) {
    if (error instanceof ConnectionLostError) {
        const message = _t("The server could not be reached. Nothing you typed is lost.");
        return { message, canRetry: true };
    }
    if (!(error instanceof RPCError)) {
        throw error;
    }
    if (error.exceptionName === SESSION_EXPIRED) {
        const message = _t("You are no longer logged in. Log in in another tab, then try again.");
        return { message, canRetry: true };
    }
    return { message: error.data?.message || error.message, canRetry: false };
}
