namespace PhoneMasking.OpsConsole.Shell;

/// <summary>One of a closed set, as it stands in an address or form and as people read it.</summary>
/// <param name="Key">The word in an address or form.</param>
/// <param name="Words">The words that people read.</param>
internal sealed record Choice(string Key, string Words);
