using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace PhoneMasking.NumberService.Buying;

/// <summary>Which numbers are bought, and how many at most. Section <c>Numbers</c>.</summary>
internal sealed class BuyingOptions
{
    public const string Section = "Numbers";

    /// <summary>The country that numbers are bought in, two letters. Default: <c>US</c>.</summary>
    [Required]
    [RegularExpression("^[A-Z]{2}$")]
    public string Country { get; init; } = "US";

    /// <summary>
    /// Area codes in the order in which they are searched, separated by commas; one that an order asks for comes first.
    /// Default: <c>303,720</c>. May be empty.
    /// </summary>
    [RegularExpression("^ *([2-9][0-9]{2} *(, *[2-9][0-9]{2} *)*)?$")]
    public string AreaCodes { get; init; } = "303,720";

    /// <summary>
    /// The state or province that is searched when no area code has a number, two letters. Default: <c>CO</c>. Empty: none.
    /// </summary>
    [RegularExpression("^([A-Z]{2})?$")]
    public string Region { get; init; } = "CO";

    /// <summary>What stops a loop that buys without end.</summary>
    [Required]
    [ValidateObjectMembers]
    public BudgetOptions Budget { get; init; } = new();

    /// <summary>The area codes, one by one.</summary>
    public IEnumerable<string> ReadAreaCodes() =>
        AreaCodes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>How many numbers may be bought, over all organisations. Section <c>Numbers:Budget</c>.</summary>
internal sealed class BudgetOptions
{
    /// <summary>Purchases within any 24 hours. Default: 60. Further orders wait.</summary>
    [Range(1, 100_000)]
    public int PerDay { get; init; } = 60;

    /// <summary>Numbers owned, imported ones included. Default: 150. Further orders fail.</summary>
    [Range(1, 100_000)]
    public int Total { get; init; } = 150;
}

/// <summary>Checks <see cref="BuyingOptions"/> at start.</summary>
[OptionsValidator]
internal sealed partial class BuyingOptionsValidator : IValidateOptions<BuyingOptions>;
