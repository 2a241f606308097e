using PhoneMasking.Airtable.Schema;

namespace PhoneMasking.SyncService.Airtable;

/// <summary>What the owner's base is to have: five tables.</summary>
internal static class WantedBase
{
    private const string SittersTable = "Sitters";
    private const string ClientsTable = "Clients";
    private const string InventoryTable = "Number Inventory";
    private const string AuditTable = "Audit Log";
    private const string MessagesTable = "Messages";

    /// <summary>The tables, in the order in which they are shown and made.</summary>
    public static IReadOnlyList<WantedTable> Tables { get; } =
    [
        new(SittersTable, "AIRTABLE_SITTERS_TABLE", "Pet sitters with phone masking",
        [
            Text("Full Name"),
            Select("Status", "Active", "Inactive", "Reserved Active"),
            Text("Phone Number"),
            Phone("Twilio Number"),
            Day("Date Added"),
            OtherSide(MessagesTable, of: "Sitter"),
            Text("Label"),
            OtherSide(InventoryTable, of: "Assigned Sitter"),
            OtherSide(ClientsTable, of: "Linked Sitter"),
            Select("Created via Form", "Yes", "No"),
            Select("Provisioning Status", "Pending", "Active", "Inactive", "Error"),
            Phone("Sitter Phone (E.164)"),
            Text("Sitter Phone (raw)"),
        ]),
        new(ClientsTable, "AIRTABLE_CLIENTS_TABLE", "Clients and their links to sitters",
        [
            Text("Name"),
            Text("Phone Number"),
            LinkToSitters("Linked Sitter", otherSide: ClientsTable),
            Day("Last Active"),
            Text("Session SID"),
            Day("Created At"),
            Text("Email"),
            ByHand("Created (Airtable)", "CREATED_TIME()"),
            Count("Twilio Error Count"),
            Phone("Client Phone (raw)"),
            Phone("Client Phone (E.164)"),
            Select("Preferred Contact Method", "SMS", "Email", "Phone Call"),
        ]),
        new(InventoryTable, "AIRTABLE_NUMBER_INVENTORY_TABLE", "Inventory and assignment of numbers",
        [
            Phone("PhoneNumber"),
            LinkToSitters("Assigned Sitter", otherSide: InventoryTable),
            Select("Status", "Available", "Assigned", "Standby Reserved", "Reserved Active", "Pending", "Ready", "Failed"),
            Day("Purchase Date"),
            Text("Twilio SID"),
            ByHand("Created At", "CREATED_TIME()"),
            ByHand("Updated At", "LAST_MODIFIED_TIME()"),
            Select("Lifecycle", "Reserved", "Standby Reserved", "Pool", "Standby"),
            Select("Attach Status", "Pending", "Ready", "Failed"),
            Select("Verification Status", "Not Sent", "Sent", "Verified", "Failed"),
            Select("Purpose", "Sitter Assignment", "Pool Expansion", "Standby Replenishment"),
        ]),
        new(AuditTable, "AIRTABLE_AUDIT_LOG_TABLE", "Audit trail of key events",
        [
            Text("Event"),
            LongText("Description"),
            Moment("Timestamp"),
            Text("Related Sitter"),
            Text("Related Client"),
            LongText("Details"),
            Select(
                "Category",
                "Provisioning", "Messaging", "Error", "System", "Pool", "Standby", "Client Sync", "Delivery Error"),
            Select("Severity", "Info", "Warning", "Critical", "Error"),
        ]),
        new(MessagesTable, "AIRTABLE_MESSAGES_TABLE", "Messages between clients and sitters through proxy numbers",
        [
            Phone("From"),
            Phone("To"),
            LongText("Body"),
            Select("Sender Type", "client", "sitter"),
            Phone("Proxy Number"),
            Moment("Timestamp"),
            LinkToSitters("Sitter", otherSide: MessagesTable),
            Text("Client"),
            Text("Session SID"),
            Select("Status", "received", "sent", "delivered", "failed", "undelivered", "pending"),
            Select("Twilio Status", "queued", "sent", "delivered", "failed", "undelivered"),
            Text("Twilio Error Code"),
        ]),
    ];

    /// <summary>The table of a name.</summary>
    public static WantedTable Of(string name) => Tables.Single(table => table.Name == name);

    private static WantedField Text(string name) => new(name, FieldTypes.SingleLineText);

    private static WantedField LongText(string name) => new(name, FieldTypes.MultilineText);

    private static WantedField Phone(string name) => new(name, FieldTypes.PhoneNumber);

    private static WantedField Count(string name) => new(name, FieldTypes.Number, new FieldOptions { Precision = 0 });

    private static WantedField Day(string name) =>
        new(name, FieldTypes.Date, new FieldOptions { DateFormat = new NamedFormat("iso") });

    private static WantedField Moment(string name) => new(name, FieldTypes.DateTime, new FieldOptions
    {
        DateFormat = new NamedFormat("iso"),
        TimeFormat = new NamedFormat("24hour"),
        TimeZone = "client",
    });

    private static WantedField Select(string name, params string[] choices) =>
        new(name, FieldTypes.SingleSelect, new FieldOptions { Choices = [.. choices.Select(choice => new FieldChoice(choice))] });

    private static WantedField ByHand(string name, string formula) => new(name, FieldTypes.Formula) { Formula = formula };

    private static WantedField LinkToSitters(string name, string otherSide) =>
        new(name, FieldTypes.MultipleRecordLinks) { Link = new WantedLink(SittersTable, otherSide, IsMade: true) };

    // Airtable names the other side of a link after the table it leads to; these names are the same.
    private static WantedField OtherSide(string table, string of) =>
        new(table, FieldTypes.MultipleRecordLinks) { Link = new WantedLink(table, of, IsMade: false) };
}
