using PhoneMasking.Contracts;

namespace PhoneMasking.AlertService.Audit;

/// <summary>What kind of thing an event is, and how bad.</summary>
/// <param name="Category">One of the categories of the Airtable table <c>Audit Log</c>.</param>
/// <param name="Severity">One of the severities of that table.</param>
internal sealed record AuditClass(string Category, string Severity)
{
    private static readonly Dictionary<string, AuditClass> ByEvent = new()
    {
        [nameof(NumberChanged)] = new("Provisioning", "Info"),
        [nameof(NumberOrdered)] = new("Provisioning", "Info"),
        [nameof(NumberBought)] = new("Provisioning", "Info"),
        [nameof(NumberFailed)] = new("Error", "Error"),
        [nameof(NumberAllocated)] = new("Pool", "Info"),
        [nameof(MonitorRan)] = new("Pool", "Info"),
        [nameof(SitterNumberAssigned)] = new("Provisioning", "Info"),
        [nameof(SitterNumberOrdered)] = new("Provisioning", "Info"),
        [nameof(SitterNumberReady)] = new("Provisioning", "Info"),
        [nameof(SitterRemoved)] = new("Provisioning", "Info"),
        [nameof(SitterChanged)] = new("Provisioning", "Info"),
        [nameof(ClientChanged)] = new("Client Sync", "Info"),
        [nameof(ClientMerged)] = new("Client Sync", "Info"),
        [nameof(UnknownSenderSeen)] = new("Client Sync", "Warning"),
        [nameof(SessionOpened)] = new("Messaging", "Info"),
        [nameof(SessionClosed)] = new("Messaging", "Info"),
        [nameof(PoolExhausted)] = new("Pool", "Critical"),
        [nameof(MessageSent)] = new("Messaging", "Info"),
        [nameof(MessageDelivered)] = new("Messaging", "Info"),
        [nameof(MessageFailed)] = new("Delivery Error", "Error"),
        [nameof(MessageRetried)] = new("Delivery Error", "Warning"),
        [nameof(MessageRetryDropped)] = new("Delivery Error", "Warning"),
        [nameof(SitterAlerted)] = new("Delivery Error", "Warning"),
        [nameof(SitterAlertDropped)] = new("Delivery Error", "Error"),
        [nameof(SendingBlocked)] = new("Delivery Error", "Critical"),
        [nameof(MessageNotRelayed)] = new("Messaging", "Warning"),
        [nameof(OptOutChanged)] = new("Messaging", "Warning"),
        [nameof(EmailSent)] = new("System", "Info"),
        [nameof(EmailFailed)] = new("Error", "Error"),
        [nameof(ApiKeyCreated)] = new("System", "Info"),
        [nameof(ApiKeyRevoked)] = new("System", "Info"),
        [nameof(SessionExtended)] = new("Messaging", "Info"),
        [nameof(DeadLetterKept)] = new("Error", "Error"),
        [nameof(DeadLetterSentAgain)] = new("System", "Info"),
        [nameof(DeadLetterDiscarded)] = new("System", "Warning"),
        [nameof(RecordsExported)] = new("System", "Info"),
        [nameof(ConsoleSignedIn)] = new("System", "Info"),
        [nameof(ConsoleSignInRefused)] = new("System", "Warning"),
        [nameof(ConsoleSignedOut)] = new("System", "Info"),
        [nameof(AccessRefused)] = new("System", "Warning"),
        [nameof(OrganisationCreated)] = new("System", "Info"),
    };

    private static readonly AuditClass Unknown = new("System", "Info");

    /// <summary>Classes an event; one that a newer service publishes and this one does not know is kept all the same.</summary>
    /// <param name="name">The event's type name.</param>
    /// <param name="category">The event's own category, where it has one.</param>
    public static AuditClass Of(string name, string? category = null)
    {
        var kind = ByEvent.GetValueOrDefault(name, Unknown);
        return category is not null && AuditWords.Categories.Contains(category) ? kind with { Category = category } : kind;
    }

    /// <summary>Whether the event has a class of its own.</summary>
    /// <param name="name">The event's type name.</param>
    public static bool Knows(string name) => ByEvent.ContainsKey(name);
}
