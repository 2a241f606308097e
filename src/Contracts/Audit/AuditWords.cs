namespace PhoneMasking.Contracts;

/// <summary>The closed sets of the audit log: the options of the Airtable table <c>Audit Log</c>, and a limit.</summary>
public static class AuditWords
{
    /// <summary>The most records that one export holds.</summary>
    public const int MostExported = 100_000;

    /// <summary>Every category.</summary>
    public static IReadOnlyList<string> Categories { get; } =
        ["Provisioning", "Messaging", "Error", "System", "Pool", "Standby", "Client Sync", "Delivery Error"];

    /// <summary>Every severity, the lightest first.</summary>
    public static IReadOnlyList<string> Severities { get; } = ["Info", "Warning", "Error", "Critical"];

    /// <summary>The name of every event there can be, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Events { get; } =
    [
        .. typeof(IAuditedEvent).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IAuditedEvent)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
    ];
}
