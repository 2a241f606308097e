using System.Net;
using System.Net.Http.Headers;

namespace PhoneMasking.Twilio.Transport;

/// <summary>
/// A form as a request's body that knows whether any of it was handed to a connection. If not, Twilio cannot have acted
/// on the request, whatever went wrong: that tells a send that never left from one of unknown outcome more surely than
/// the exception's kind, which for time-outs is the same before and after.
/// </summary>
/// <remarks>
/// The bytes are not pooled: after an early answer or a cancellation the connection may still be reading them.
/// SocketsHttpHandler itself repeats a request on another connection only while this is false.
/// </remarks>
internal sealed class FormBody : HttpContent
{
    private static readonly MediaTypeHeaderValue FormMediaType = new("application/x-www-form-urlencoded");

    private readonly ReadOnlyMemory<byte> _form;
    private readonly DateTimeOffset _notAfter;
    private readonly TimeProvider _clock;
    private volatile bool _hasLeft;

    /// <summary>Makes the body.</summary>
    /// <param name="form">The form.</param>
    /// <param name="notAfter">It leaves by then, in UTC, or fails without having left.</param>
    /// <param name="clock">Tells the time.</param>
    public FormBody(FormWriter form, DateTimeOffset notAfter, TimeProvider clock)
    {
        _form = form.Written;
        _notAfter = notAfter;
        _clock = clock;
        Headers.ContentType = FormMediaType;
    }

    public bool HasLeft => _hasLeft;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken)
    {
        if (_clock.GetUtcNow() > _notAfter)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, "Too late to be sent");
        }

        _hasLeft = true;
        return stream.WriteAsync(_form, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _form.Length;
        return true;
    }
}
