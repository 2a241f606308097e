using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhoneMasking.Simulator.Control;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Proxy;

/// <summary>Proxy in the control API, and the registration of this capability.</summary>
internal static class ProxyControl
{
    /// <summary>Adds Proxy. No start when <c>Simulator:Proxy</c> is invalid.</summary>
    public static void AddProxy(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<ProxyServiceStore>();
    }

    public static void MapProxyControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/proxy", (ProxyServiceStore store) => ProxyView.Of(store));
        control.MapPut("/proxy", Change);
        control.MapPut("/proxy/numbers", Use);
    }

    private static ProxyView Change(ProxyRequest request, ProxyServiceStore store)
    {
        store.IsAvailable = request.Available;
        return ProxyView.Of(store);
    }

    private static Results<Ok<ProxyView>, ProblemHttpResult> Use(
        ProxyUseRequest request,
        ProxyServiceStore store,
        NumberDirectory numbers)
    {
        if (numbers.Find(request.Number) is not { } own
            || store.Change(own.Sid, number => number with { InUse = request.Sessions }) is null)
        {
            return Problems.NotOwned();
        }

        return TypedResults.Ok(ProxyView.Of(store));
    }
}

/// <summary>Switches Proxy on or off.</summary>
/// <param name="Available">Whether services can be created; if not, 80506.</param>
public sealed record ProxyRequest(bool Available);

/// <summary>Pretends that sessions use a number of a Proxy Service: its removal is refused with 80611.</summary>
/// <param name="Number">The number in E.164 form.</param>
/// <param name="Sessions">How many; 0 sets it free.</param>
public sealed record ProxyUseRequest([Required] string Number, [Range(0, 1000)] int Sessions);

/// <summary>Whether Proxy is on, and what is in its services.</summary>
internal sealed record ProxyView(bool Available, IReadOnlyList<ProxyPoolView> Services)
{
    public static ProxyView Of(ProxyServiceStore store) => new(
        store.IsAvailable,
        [.. store.List().Select(service => new ProxyPoolView(
            service.Sid,
            service.UniqueName,
            [.. store.NumbersOf(service.Sid).Select(number =>
                new ProxyPoolNumberView(number.Number.PhoneNumber, number.IsReserved, number.InUse))]))]);
}

/// <summary>A Proxy Service and the numbers in it.</summary>
internal sealed record ProxyPoolView(string Sid, string UniqueName, IReadOnlyList<ProxyPoolNumberView> Numbers);

/// <summary>A number of a Proxy Service.</summary>
internal sealed record ProxyPoolNumberView(string Number, bool Reserved, int Sessions);
