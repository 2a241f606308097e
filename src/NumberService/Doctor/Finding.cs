namespace PhoneMasking.NumberService.Doctor;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Where">What it is about: a setting, a service, a number.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What <c>--fix</c> does about it, or the owner can do.</param>
internal sealed record Finding(string Where, string Problem, string Remedy)
{
    /// <summary>Makes it good; may be repeated. None when only the owner can.</summary>
    public Func<CancellationToken, Task>? Repair { get; init; }

    /// <summary>Whether it is worth knowing, but nothing is broken.</summary>
    public bool IsNote { get; init; }
}
