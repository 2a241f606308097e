using System.Net.Sockets;

namespace PhoneMasking.Twilio.Transport;

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
}
