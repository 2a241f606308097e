using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Mailbox;

/// <summary>The e-mail service that the simulator plays. Section <c>Simulator:Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Simulator:Mail";

    /// <summary>The key that <c>POST /emails</c> asks for. Protects nothing but the simulator.</summary>
    [Required]
    public string ApiKey { get; init; } = "simulator-mail-key";
}

[OptionsValidator]
internal sealed partial class MailOptionsValidator : IValidateOptions<MailOptions>;
