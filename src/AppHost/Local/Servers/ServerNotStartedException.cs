namespace PhoneMasking.AppHost.Local;

/// <summary>A server or a service could not be started; the message says why and what to do.</summary>
public sealed class ServerNotStartedException(string message) : Exception(message);
