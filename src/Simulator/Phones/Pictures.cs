using PhoneMasking.Simulator.Messages;

namespace PhoneMasking.Simulator.Phones;

/// <summary>A picture that somebody sent from a phone of the page.</summary>
internal sealed record Picture(string ContentType, byte[] Content);

/// <summary>The last pictures, in memory. Safe for many callers at once.</summary>
internal sealed class Pictures(TimeProvider clock)
{
    private const int Kept = 50;
    private const int LargestBytes = 1024 * 1024;

    private static readonly Dictionary<string, string> Endings = new()
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Picture> _pictures = [];
    private readonly RecentList<string> _names = new();

    /// <summary>Keeps a picture of at most 1 MiB.</summary>
    /// <returns>Its name; null when it is no picture of a known kind, or too large.</returns>
    public async Task<string?> AddAsync(string? contentType, Stream content, CancellationToken cancellationToken)
    {
        if (contentType is null || !Endings.TryGetValue(contentType, out var ending))
        {
            return null;
        }

        var buffer = new byte[LargestBytes + 1];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (read is 0 or > LargestBytes)
        {
            return null;
        }

        var name = $"{Guid.CreateVersion7(clock.GetUtcNow()):N}{ending}";
        lock (_gate)
        {
            _pictures.Add(name, new(contentType, buffer[..read]));
            _names.Add(name);
            if (_names.Count > Kept)
            {
                _pictures.Remove(_names.RemoveOldest());
            }
        }

        return name;
    }

    public Picture? Find(string name)
    {
        lock (_gate)
        {
            return _pictures.GetValueOrDefault(name);
        }
    }
}
