using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Airtable;

/// <summary>The one base at Airtable that the simulator plays. Section <c>Simulator:Airtable</c>.</summary>
internal sealed class AirtableOptions
{
    public const string Section = "Simulator:Airtable";

    /// <summary>The base's id.</summary>
    [Required]
    [RegularExpression("^app[A-Za-z0-9]{14}$")]
    public string BaseId { get; init; } = "appSimulator00001";

    /// <summary>The personal access token that opens it. Protects nothing but the simulator.</summary>
    [Required]
    public string Token { get; init; } = "patSimulator00001.simulator";

    /// <summary>How many requests a second are answered before the next is 429; 0 is without limit. Default: 5.</summary>
    [Range(0, 100_000)]
    public int RequestsPerSecond { get; init; } = 5;

    /// <summary>How long everything is 429 then. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Penalty { get; init; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class AirtableOptionsValidator : IValidateOptions<AirtableOptions>;
