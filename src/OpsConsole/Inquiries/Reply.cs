using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>Every way that asking another service can end.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record Reply<T>
{
    private Reply()
    {
    }

    /// <summary>The service answered.</summary>
    /// <param name="Value">What it said.</param>
    public sealed record Given(T Value) : Reply<T>;

    /// <summary>The service refused, and changed nothing.</summary>
    /// <param name="Why">What is wrong, and what would be right.</param>
    public sealed record Declined(Refused Why) : Reply<T>;

    /// <summary>No answer in time, or the service could not give one: the page says so and stays up.</summary>
    public sealed record Away : Reply<T>;
}
