using System.Globalization;
using System.Security.Cryptography;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>
/// A password as PBKDF2 keeps it: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in Base64.
/// </summary>
/// <remarks>Iterations: OWASP Password Storage Cheat Sheet, 600,000 for PBKDF2 with HMAC-SHA-256.</remarks>
internal sealed class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int MinIterations = 100_000;
    private const int MaxIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash)
    {
        _iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    /// <summary>Hashes a password with a new salt.</summary>
    /// <param name="password">The password.</param>
    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(Iterations, salt, Derive(password, salt, Iterations, HashBytes));
    }

    /// <summary>Whether a text claims to be a hash, rather than a password.</summary>
    /// <param name="text">What was configured.</param>
    public static bool LooksLikeOne(string text) => text.StartsWith(Scheme + "$", StringComparison.Ordinal);

    /// <summary>Reads a hash, or returns none when the text is not a whole one.</summary>
    /// <param name="text">What was configured.</param>
    public static PasswordHash? Read(string text)
    {
        var salt = new byte[64];
        var hash = new byte[64];
        return text.Split('$') is [Scheme, var count, var saltText, var hashText]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations is >= MinIterations and <= MaxIterations
            && Convert.TryFromBase64String(saltText, salt, out var saltLength) && saltLength >= SaltBytes
            && Convert.TryFromBase64String(hashText, hash, out var hashLength) && hashLength >= HashBytes
            ? new PasswordHash(iterations, salt[..saltLength], hash[..hashLength])
            : null;
    }

    /// <summary>Compares in a time that does not depend on how much of the password is right.</summary>
    /// <param name="password">What was typed.</param>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(_hash, Derive(password, _salt, _iterations, _hash.Length));

    /// <summary>The text to configure.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Scheme}${_iterations}${Convert.ToBase64String(_salt)}${Convert.ToBase64String(_hash)}");

    /// <summary>The command <c>hash-password</c>: reads a password from one stream and writes its hash to the other.</summary>
    /// <param name="input">Holds the password in its first line.</param>
    /// <param name="output">Receives the hash.</param>
    public static void MakeFrom(TextReader input, TextWriter output) =>
        output.WriteLine(Of(input.ReadLine() ?? string.Empty).Write());

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, length);
}
