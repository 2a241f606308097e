using System.Net.Sockets;

namespace PhoneMasking.Airtable.Transport;

/// <summary>Puts failures of the network into words that hold nothing of the request.</summary>
internal static class Failure
{
    public const string TimedOut = "timed out";

    public static string Describe(HttpRequestException exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
            {
                return $"{exception.HttpRequestError} ({socket.SocketErrorCode})";
            }
        }

        return exception.HttpRequestError.ToString();
    }

    /// <summary>Whether no connection came about, so that nothing was asked.</summary>
    public static bool IsBeforeTheRequest(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
}
