using System.Collections.Frozen;
using PhoneMasking.Contracts;

namespace PhoneMasking.ServiceDefaults.Messaging.Outbox;

/// <summary>The contracts by the names that outbox rows have for them.</summary>
internal static class Contract
{
    private static readonly FrozenDictionary<string, Type> ByName = typeof(E164Number).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsGenericType: false })
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Finds a contract's type.</summary>
    /// <exception cref="InvalidOperationException">
    /// No contract has this name: the row was written by a newer version of the service.
    /// </exception>
    public static Type Named(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new InvalidOperationException("No contract has this name.");
}
