namespace PhoneMasking.OpsConsole.Inquiries;

/// <summary>Reads the keys in a page's address; what is no key counts as absent, since anyone can type an address.</summary>
internal static class PageKey
{
    /// <summary>How many rows a page of a list has.</summary>
    public const int Rows = 25;

    /// <summary>Reads an identifier.</summary>
    /// <typeparam name="TId">The identifier's type.</typeparam>
    /// <param name="text">What stands in the address.</param>
    public static TId? Read<TId>(string? text)
        where TId : struct, Contracts.IId<TId> =>
        ReadGuid(text) is { } value ? TId.From(value) : null;

    /// <summary>Reads a key without a type of its own.</summary>
    /// <param name="text">What stands in the address.</param>
    public static Guid? ReadGuid(string? text) => Guid.TryParse(text, out var value) ? value : null;

    /// <summary>Reads what is searched for: trimmed, none when empty, 100 characters at most.</summary>
    /// <param name="text">What stands in the address.</param>
    public static string? Search(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed[..Math.Min(trimmed.Length, 100)];
    }
}
