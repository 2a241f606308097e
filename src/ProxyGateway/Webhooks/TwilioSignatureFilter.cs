using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using PhoneMasking.ProxyGateway.Refusals;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.Twilio.Accounts;
using PhoneMasking.Twilio.Signatures;

namespace PhoneMasking.ProxyGateway.Webhooks;

/// <summary>
/// Lets a webhook pass only when its form can be read, it is signed with a token of the account, and it names the account.
/// The form is then in <see cref="HttpContext.Features"/>. Whatever is refused is counted and audited, and its body is not logged.
/// </summary>
internal sealed class TwilioSignatureFilter(
    IOptions<TwilioSettings> settings, ServiceTelemetry telemetry, RefusalTally refusals) : IEndpointFilter
{
    // The way in that Twilio used is not known, so a signature for either will do.
    private readonly string[] _baseUrls =
    [
        .. new[] { settings.Value.PublicBaseUrl, settings.Value.FallbackBaseUrl }
            .OfType<Uri>()
            .Select(url => url.GetLeftPart(UriPartial.Authority))
            .Distinct(StringComparer.Ordinal),
    ];

    private readonly string _accountSid = settings.Value.AccountSid;

    // While the token is rotated it is not known either which of the two signs.
    private readonly string[] _tokens =
        [.. new[] { settings.Value.AuthToken, settings.Value.SecondaryAuthToken }.OfType<string>()];

    private readonly Counter<long> _refused = telemetry.Meter.CreateCounter<long>(
        "phonemasking.webhooks.refused",
        description: "Webhooks that were unsigned, wrongly signed, malformed or too large");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.ContentLength > TwilioForm.MaxBytes)
        {
            return Refuse(Problems.TooLarge(), "too-large");
        }

        if (!IsForm(http.Request.ContentType))
        {
            return Refuse(Problems.NotAForm(), "content-type");
        }

        TwilioForm form;
        try
        {
            form = await TwilioForm.ReadAsync(http.Request, http.RequestAborted);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(Problems.TooLarge(), "too-large");
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            return Refuse(Problems.MalformedForm(), "malformed");
        }

        if (!IsSigned(http, form) || form["AccountSid"] != _accountSid)
        {
            return Refuse(Problems.Unsigned(), "signature");
        }

        http.Features.Set(form);
        return await next(context);
    }

    private static bool IsForm(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private bool IsSigned(HttpContext http, TwilioForm form)
    {
        var target = RawTarget(http);
        var signature = http.Request.Headers[TwilioSignature.HeaderName];
        return _baseUrls.Any(url => _tokens.Any(token => TwilioSignatureValidator.IsValidForm(
            token, string.Concat(url, target), form.Parameters, signature)));
    }

    // The path exactly as it was sent: decoding and encoding again could change what was signed.
    private static string RawTarget(HttpContext http) =>
        http.Features.Get<IHttpRequestFeature>() is { RawTarget: ['/', ..] target }
            ? target
            : string.Concat(http.Request.Path.ToUriComponent(), http.Request.QueryString.ToUriComponent());

    private IResult Refuse(IResult problem, string reason)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
        refusals.Count("webhook", reason);
        return problem;
    }
}
