using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ProxyGateway.Verification;

/// <summary>The test text of a new number. Section <c>Verification</c>.</summary>
internal sealed class VerificationOptions
{
    public const string Section = "Verification";

    /// <summary>What the test text says: 1 to 160 characters without a digit, since a number in it would be personal data.</summary>
    [Required, StringLength(160, MinimumLength = 1), RegularExpression("[^0-9]*")]
    public string Body { get; init; } = "Test text from a new number of your business. It works; nothing needs to be done.";
}

/// <summary>Checks <see cref="VerificationOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class VerificationOptionsValidator : IValidateOptions<VerificationOptions>;
