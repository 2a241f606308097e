using PhoneMasking.Contracts;

namespace PhoneMasking.SyncService.Clients;

/// <summary>Every refusal of this capability that depends on what is stored.</summary>
internal static class Refusals
{
    public static Refused UnknownClient() =>
        new(RefusalKind.NotFound, "unknown-client", "There is no client with this id.", "clientId");

    public static Refused PhoneTaken(string field) =>
        new(RefusalKind.Conflict, "phone-taken", "Another client has this phone.", field);
}
