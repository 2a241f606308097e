using PhoneMasking.ProxyGateway.PublicApi;

namespace PhoneMasking.ProxyGateway.Organisations;

/// <summary>Every refusal of this capability.</summary>
internal static class Problems
{
    public static ApiProblem UnknownOrganisation() => new(
        StatusCodes.Status404NotFound,
        "unknown-organisation",
        "Unknown organisation",
        "There is no organisation with this id.");
}
