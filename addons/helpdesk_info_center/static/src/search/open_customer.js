const ACTIONS = {
    company: "helpdesk_info_center.action_company_center",
    contact: "helpdesk_info_center.action_contact_center",
};
const PATHS = { company: "customer-center", contact: "contact-center" };

/**
 * Whose center a hit of the search opens: a contact leads to his company's as well.
 *
 * @param {Object} row a hit of `helpdesk.center.search_customers`
 * @param {"company"|"contact"} as
 * @returns {number} the id of a partner
 */
export function customerId(row, as) {
    return as === row.kind ? row.id : row.company[0];
}

/**
 * The centers that a hit can open, the usual one first: a contact opens the center of his
 * company, unless one looks for contacts.
 *
 * @param {Object} row
 * @param {"company"|"contact"} [kind] what is looked for
 * @returns {("company"|"contact")[]}
 */
export function centersOf(row, kind) {
    if (row.kind === "company") {
        return ["company"];
    }
    if (!row.company) {
        return ["contact"];
    }
    return kind === "contact" ? ["contact", "company"] : ["company", "contact"];
}

export function customerHref(row, as) {
    return `/odoo/${PATHS[as]}/${customerId(row, as)}`;
}

export function openCustomer(action, row, as) {
    return action.doAction(ACTIONS[as], { props: { resId: customerId(row, as) } });
}
