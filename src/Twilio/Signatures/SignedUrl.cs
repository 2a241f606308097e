using System.Text;

namespace PhoneMasking.Twilio.Signatures;

/// <summary>
/// The parts of a webhook URL that go into a signature: no user info and no fragment, letter case untouched, the port
/// apart because Twilio signs some products with it and others without.
/// </summary>
/// <remarks>Source: reference/twilio.md 2.5 (fragment) and 2.6. Works on text, because System.Uri lower-cases the host
/// and drops default ports.</remarks>
internal readonly ref struct SignedUrl
{
    private readonly ReadOnlySpan<char> _scheme;
    private readonly ReadOnlySpan<char> _host;
    private readonly ReadOnlySpan<char> _path;

    public SignedUrl(ReadOnlySpan<char> url)
    {
        var fragment = url.IndexOf('#');
        if (fragment >= 0)
        {
            url = url[..fragment];
        }

        var separator = url.IndexOf("://", StringComparison.Ordinal);
        var authorityStart = separator < 0 ? 0 : separator + 3;
        _scheme = url[..authorityStart];

        var authority = url[authorityStart..];
        var authorityLength = authority.IndexOfAny('/', '?');
        _path = authorityLength < 0 ? default : authority[authorityLength..];
        authority = authorityLength < 0 ? authority : authority[..authorityLength];
        authority = authority[(authority.LastIndexOf('@') + 1)..];

        // The colons of an IPv6 literal stand inside its brackets.
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        _host = hasPort ? authority[..colon] : authority;
        Port = hasPort ? authority[colon..] : default;
    }

    /// <summary>The port as the URL has it, with its colon; empty when it has none.</summary>
    public ReadOnlySpan<char> Port { get; }

    /// <summary>
    /// The other form that Twilio may have signed: no port where there is one, else the scheme's own.
    /// </summary>
    public ReadOnlySpan<char> OtherPort =>
        !Port.IsEmpty ? default : _scheme.Equals("http://", StringComparison.OrdinalIgnoreCase) ? ":80" : ":443";

    /// <summary>The value of the query parameter <c>bodySHA256</c>, or empty.</summary>
    public ReadOnlySpan<char> BodyHash
    {
        get
        {
            var query = _path[(_path.IndexOf('?') + 1)..];
            foreach (var pair in query.Split('&'))
            {
                if (query[pair].StartsWith("bodySHA256=", StringComparison.Ordinal))
                {
                    return query[pair]["bodySHA256=".Length..];
                }
            }

            return default;
        }
    }

    /// <summary>How many bytes of UTF-8 the URL takes with a port.</summary>
    public int ByteCount(ReadOnlySpan<char> port) =>
        Encoding.UTF8.GetByteCount(_scheme)
        + Encoding.UTF8.GetByteCount(_host)
        + Encoding.UTF8.GetByteCount(port)
        + Encoding.UTF8.GetByteCount(_path);

    /// <summary>Writes the URL with a port, as UTF-8.</summary>
    public void Write(Span<byte> destination, ReadOnlySpan<char> port)
    {
        destination = destination[Encoding.UTF8.GetBytes(_scheme, destination)..];
        destination = destination[Encoding.UTF8.GetBytes(_host, destination)..];
        destination = destination[Encoding.UTF8.GetBytes(port, destination)..];
        Encoding.UTF8.GetBytes(_path, destination);
    }
}
