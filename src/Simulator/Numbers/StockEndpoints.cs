using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneMasking.Simulator.Control;

namespace PhoneMasking.Simulator.Numbers;

/// <summary>What is on sale, in the control API.</summary>
internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder control)
    {
        control.MapGet("/stock", List);
        control.MapPut("/stock/{areaCode}", Put);
    }

    private static IEnumerable<StockView> List(AvailableNumbers available) => Place.All
        .Select(place => place.AreaCode)
        .Union(available.Stocked)
        .Select(areaCode => StockView.Of(areaCode, available));

    private static Results<Ok<StockView>, ProblemHttpResult> Put(
        string areaCode,
        StockRequest request,
        AvailableNumbers available)
    {
        if (!AvailableNumbers.IsAreaCode(areaCode))
        {
            return Problems.NoAreaCode();
        }

        available.SetStock(areaCode, request.Count);
        return TypedResults.Ok(StockView.Of(areaCode, available));
    }
}

/// <summary>Sets the stock of an area code.</summary>
/// <param name="Count">How many numbers are on sale now; fiction has 100 of each area code.</param>
public sealed record StockRequest([Range(0, 100)] int Count);

/// <summary>How many numbers an area code has on sale.</summary>
internal sealed record StockView(string AreaCode, string Region, int OnSale)
{
    public static StockView Of(string areaCode, AvailableNumbers available) => new(
        areaCode,
        Place.All.FirstOrDefault(place => place.AreaCode == areaCode)?.State ?? "",
        available.InAreaCode(areaCode).Count());
}
