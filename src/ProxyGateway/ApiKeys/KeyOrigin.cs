using PhoneMasking.Contracts;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>How a key came to be, as <see cref="ApiKeyCreated"/> tells it.</summary>
internal static class KeyOrigin
{
    public const string Api = "api";

    public const string Command = "command";

    public const string Organisation = "organisation";

    public const string Development = "development";
}
