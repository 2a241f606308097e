using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PhoneMasking.OpsConsole.SignIn;

/// <summary>HTTP in: the way out.</summary>
internal static class SignOutEndpoints
{
    /// <summary>Maps <c>POST /sign-out</c>.</summary>
    /// <param name="routes">The console.</param>
    public static void MapSignOut(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-out", SignOutAsync);

    private static async Task<Results<RedirectHttpResult, BadRequest>> SignOutAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SignInTrail trail)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await context.SignOutAsync();
        await trail.LeftAsync(context);
        return TypedResults.LocalRedirect($"~{SignInRegistration.Path}?done=true");
    }
}
