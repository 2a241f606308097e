using System.Diagnostics;
using OpenTelemetry;

namespace PhoneMasking.ServiceDefaults.Telemetry;

/// <summary>
/// Takes URLs with their paths out of spans: a path can hold a telephone number (<c>/conversations/{phone_number}</c>).
/// The route template and the host stay.
/// </summary>
internal sealed class NumberRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.SetTag("url.path", null);
        data.SetTag("url.query", null);
        if (data.GetTagItem("url.full") is string url && Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            data.SetTag("url.full", uri.GetLeftPart(UriPartial.Authority));
        }
    }
}
