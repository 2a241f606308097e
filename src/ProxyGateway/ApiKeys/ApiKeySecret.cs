using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PhoneMasking.ProxyGateway.ApiKeys;

/// <summary>A key as its holder has it: <c>pmk_</c> and 42 random letters and digits (250 bits).</summary>
internal sealed class ApiKeySecret
{
    public const string Start = "pmk_";
    public const int Length = 46;

    private const int PrefixLength = 12;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    private readonly string _value;

    private ApiKeySecret(string value) => _value = value;

    /// <summary>The first characters: not secret, found in the database.</summary>
    public string Prefix => _value[..PrefixLength];

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(_value));

    /// <summary>Returns the key itself. Only to be shown to who asked for it.</summary>
    public string Reveal() => _value;

    /// <summary>Returns the prefix only.</summary>
    public override string ToString() => $"{Prefix}…";

    public static ApiKeySecret New() =>
        new(Start + RandomNumberGenerator.GetString(Alphabet, Length - Start.Length));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ApiKeySecret? secret)
    {
        secret = text is { Length: Length }
            && text.StartsWith(Start, StringComparison.Ordinal)
            && text.AsSpan(Start.Length).IndexOfAnyExcept(Letters) < 0
            ? new ApiKeySecret(text)
            : null;
        return secret is not null;
    }
}
