/** Where the list can be downloaded exactly as it is shown, without its pages. */
export function exportUrl(center, { key, tab, order, filters, columns }, format) {
    const query = new URLSearchParams({
        format,
        kind: center.kind,
        partner_id: center.partner.id,
        key,
        mode: center.mode,
        options: JSON.stringify({
            tab,
            order,
            filters,
            columns: columns.map((column) => column.name),
        }),
    });
    return `/helpdesk_info_center/export?${query}`;
}
