using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Handsets;
using PhoneMasking.Simulator.Numbers;

namespace PhoneMasking.Simulator.Phones;

/// <summary>The phones page, its live events and its pictures.</summary>
internal static class PhoneEndpoints
{
    public static void AddPhones(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PhoneAssets>();
        builder.Services.AddSingleton<Pictures>();
    }

    public static void MapPhones(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext context, PhoneAssets assets) => assets.WriteAsync("index.html", context));
        routes.MapGet(
            "/phones/{name}",
            (string name, HttpContext context, PhoneAssets assets) => assets.WriteAsync(name, context));
        routes.MapGet("/simulator/api/phones/events", Events);
        routes.MapPost("/simulator/api/pictures", TakePicture);
        routes.MapGet("/simulator/pictures/{name}", ShowPicture);
    }

    private static ServerSentEventsResult<PhoneNews> Events(
        string phones,
        People people,
        PhoneFeed feed,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken)
    {
        var owners = phones.Split(',')
            .Select(people.Find)
            .OfType<Person>()
            .DistinctBy(person => person.Id)
            .ToDictionary(person => person.Number);
        return TypedResults.ServerSentEvents(News(owners, feed, lifetime.ApplicationStopping, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<PhoneNews>> News(
        Dictionary<string, Person> owners,
        PhoneFeed feed,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var listening = feed.Listen(owners.Keys.ToHashSet());

        // After listening has begun, so that nothing falls between what the page fetches now and what it is told.
        yield return new(new(null, null, null, null), "ready");

        while (await listening.WaitAsync(ends.Token))
        {
            while (listening.TryTake(out var message))
            {
                var owner = owners[message.Handset];
                yield return new(
                    new(owner.Id, message.OwnNumber, E164.Friendly(message.OwnNumber), ThreadMessageView.Of(message)),
                    "message");
            }
        }
    }

    private static async Task<Results<Ok<PictureView>, StatusCodeHttpResult>> TakePicture(
        HttpRequest request,
        Pictures pictures,
        CancellationToken cancellationToken)
    {
        if (await pictures.AddAsync(request.ContentType, request.Body, cancellationToken) is not { } name)
        {
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        return TypedResults.Ok(new PictureView($"{request.Scheme}://{request.Host}/simulator/pictures/{name}"));
    }

    private static Results<FileContentHttpResult, NotFound> ShowPicture(
        string name,
        HttpResponse response,
        Pictures pictures)
    {
        if (pictures.Find(name) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(picture.Content, picture.ContentType);
    }
}

/// <summary>
/// What an open phone is told; all null in the first event, which only says that listening has begun.
/// </summary>
internal sealed record PhoneNews(string? Person, string? Number, string? Title, ThreadMessageView? Message);

/// <summary>Where a picture is, for use as a text's media.</summary>
internal sealed record PictureView(string Url);
