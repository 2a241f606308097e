using System.Globalization;
using PhoneMasking.Contracts;
using PhoneMasking.OpsConsole.Inquiries;

namespace PhoneMasking.OpsConsole.Alerts;

/// <summary>Which failed texts are shown, as it stands in an address, which can be kept and shared.</summary>
/// <param name="Class">Only of this class.</param>
/// <param name="Code">Only with this code of Twilio's.</param>
/// <param name="SitterId">Only in this sitter's conversations.</param>
/// <param name="ClientId">Only in this client's conversations.</param>
internal sealed record FailureFilter(FailureClass? Class, int? Code, SitterId? SitterId, ClientId? ClientId)
{
    /// <summary>Whether anything is left out.</summary>
    public bool Any => Class is not null || Code is not null || SitterId is not null || ClientId is not null;

    /// <summary>Reads a filter; what is no word of it counts as absent, since anyone can type an address.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="code">The code.</param>
    /// <param name="sitter">The sitter.</param>
    /// <param name="client">The client.</param>
    public static FailureFilter Read(string? kind, string? code, string? sitter, string? client) => new(
        FailureWords.Classes.Where(known => known.Choice.Key == kind).Select(known => (FailureClass?)known.Value).FirstOrDefault(),
        int.TryParse(code?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null,
        PageKey.Read<SitterId>(sitter),
        PageKey.Read<ClientId>(client));

    /// <summary>What AlertService is asked for.</summary>
    /// <param name="after">The last id of the page before.</param>
    public ListFailures Request(MessageId? after) =>
        new(OrganisationId.Default, after, PageKey.Rows, Class, Code, SitterId, ClientId);
}
