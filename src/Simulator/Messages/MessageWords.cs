using System.Diagnostics;

namespace PhoneMasking.Simulator.Messages;

/// <summary>Twilio's words for directions, states and delivery errors.</summary>
internal static class MessageWords
{
    public static string Wire(this MessageDirection direction) => direction switch
    {
        MessageDirection.Inbound => "inbound",
        MessageDirection.OutboundApi => "outbound-api",
        MessageDirection.OutboundReply => "outbound-reply",
        _ => throw new UnreachableException(),
    };

    public static string Wire(this MessageStatus status) => status switch
    {
        MessageStatus.Queued => "queued",
        MessageStatus.Sent => "sent",
        MessageStatus.Delivered => "delivered",
        MessageStatus.Undelivered => "undelivered",
        MessageStatus.Failed => "failed",
        MessageStatus.Canceled => "canceled",
        MessageStatus.Received => "received",
        _ => throw new UnreachableException(),
    };

    /// <summary>What Twilio says about a delivery error.</summary>
    public static string ErrorMessage(int code) => code switch
    {
        30001 => "Queue overflow",
        30002 => "Account suspended",
        30003 => "Unreachable destination handset",
        30004 => "Message blocked",
        30005 => "Unknown destination handset",
        30006 => "Landline or unreachable carrier",
        30007 => "Message filtered",
        30008 => "Unknown error",
        30034 => "Message from an Unregistered Number",
        _ => "Delivery failed",
    };
}
