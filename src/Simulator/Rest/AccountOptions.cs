using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Rest;

/// <summary>The one account the simulator serves. Section <c>Simulator</c>. The defaults are for development.</summary>
internal sealed class AccountOptions
{
    public const string Section = "Simulator";

    /// <summary>User name of the REST API, and part of its paths.</summary>
    [Required]
    [RegularExpression("^AC[0-9a-fA-F]{32}$")]
    public string AccountSid { get; init; } = "AC00000000000000000000000000000001";

    /// <summary>Password of the REST API, and the key that webhooks are signed with.</summary>
    [Required]
    public string AuthToken { get; init; } = "simulator-auth-token";

    /// <summary>How many REST calls the call log keeps. Default: 20,000.</summary>
    [Range(100, 1_000_000)]
    public int KeptCalls { get; init; } = 20_000;
}

[OptionsValidator]
internal sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;
