using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace PhoneMasking.EndToEnd.Product;

/// <summary>Everything that any process of the product writes, and what must never be in it.</summary>
internal sealed partial class ProductOutput
{
    /// <summary>Is in every body that a test sends.</summary>
    public const string BodyCanary = "wombat";

    private readonly ConcurrentQueue<(string Source, string Line)> _lines = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly StreamWriter? _copy = OpenCopy();

    /// <summary>How many lines were written.</summary>
    public int Count => _lines.Count;

    /// <summary>Lines that hold a number, a body or a secret; must stay empty.</summary>
    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>The lines of one process so far.</summary>
    public IReadOnlyList<string> LinesOf(string source) =>
        [.. _lines.Where(line => line.Source == source).Select(line => line.Line)];

    /// <summary>Takes in a line; called on any thread.</summary>
    public void Take(string source, string line)
    {
        _lines.Enqueue((source, line));
        if (Leak(line) is { } leak)
        {
            _leaks.Enqueue($"{source} wrote {leak}: {line}");
        }

        if (_copy is not null)
        {
            lock (_copy)
            {
                _copy.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {source} | {line}");
            }
        }
    }

    /// <summary>What must not be in a text, or null.</summary>
    public static string? Leak(string text) =>
        text.Contains(BodyCanary, StringComparison.Ordinal) ? "a body"
        : text.Contains(ProductSystem.AuthToken, StringComparison.Ordinal) ? "the auth token"
        : text.Contains("guest:guest", StringComparison.Ordinal) ? "the broker's password"
        : text.Contains("@example.com", StringComparison.Ordinal) ? "an e-mail address"
        : ApiKey().IsMatch(text) ? "an API key"
        : Number().IsMatch(text) ? "a number"
        : null;

    // The digits of any number that a test uses, not as part of a longer hexadecimal word.
    [GeneratedRegex("(?<![0-9a-fA-F-])1?[2-9][0-9]{2}55501[0-9]{2}(?![0-9a-fA-F])")]
    private static partial Regex Number();

    [GeneratedRegex("pmk_[0-9A-Za-z]{42}")]
    private static partial Regex ApiKey();

    private static StreamWriter? OpenCopy() =>
        Environment.GetEnvironmentVariable("PHONEMASKING_TEST_OUTPUT") is { Length: > 0 } file
            ? new StreamWriter(file) { AutoFlush = true }
            : null;
}
