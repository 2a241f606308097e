using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.Simulator.Handsets;

/// <summary>Somebody with a phone.</summary>
/// <param name="Id">Stands for the number in URLs: the name in lower case with dashes, unless chosen.</param>
/// <param name="Name">What the phones page calls them.</param>
/// <param name="Number">Their real number, in E.164 form.</param>
internal sealed record Person(string Id, string Name, string Number);

/// <summary>Who has a phone at start. Section <c>Simulator</c>.</summary>
internal sealed class PeopleOptions
{
    public const string Section = "Simulator";

    /// <summary>People at start. Default: none.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<PersonOption> People { get; init; } = [];
}

/// <summary>One person of <see cref="PeopleOptions.People"/>.</summary>
internal sealed class PersonOption
{
    /// <summary>Stands for the number in URLs. Default: made from the name.</summary>
    [RegularExpression("^[a-z0-9-]{1,64}$")]
    public string? Id { get; init; }

    [Required]
    [MaxLength(64)]
    public string Name { get; init; } = "";

    /// <summary>The number in E.164 form.</summary>
    [Required]
    [RegularExpression(@"^\+[1-9][0-9]{6,14}$")]
    public string Number { get; init; } = "";
}

[OptionsValidator]
internal sealed partial class PeopleOptionsValidator : IValidateOptions<PeopleOptions>;
