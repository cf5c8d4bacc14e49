using Microsoft.FSharp.Collections;
using Newtonsoft.Json.Linq;
using Plotly.NET;
using ScFm.Interactive.Figures;

namespace ScFm.Interactive.Adapters;

/// <summary>Gives figures to Plotly.NET 5.1, whose charts can be changed further.</summary>
public static class PlotlyAdapter
{
    /// <summary>The figure as a Plotly.NET chart with the same traces and layout.</summary>
    /// <remarks>Plotly.NET edits charts in place, so each call makes a new one. Its own pages fetch plotly.js from a network; <see cref="Figure.ToHtml"/> does not.</remarks>
    public static GenericChart ToPlotly(this Figure figure)
    {
        var json = JObject.Parse(figure.ToJson());
        var traces = json["data"]!.Children<JObject>().Select(data =>
        {
            var trace = new Trace(data.Value<string>("type"));
            Copy(data, trace);
            return trace;
        });
        var layout = new Layout();
        Copy((JObject)json["layout"]!, layout);
        return GenericChart.addLayout(layout, GenericChart.ofTraceObjects(false, ListModule.OfSeq(traces)));
    }

    // DynamicObj holds any value that Newtonsoft can write; its JSON is written by Newtonsoft.
    private static void Copy(JObject from, DynamicObj.DynamicObj to)
    {
        foreach (var property in from.Properties())
        {
            to.SetValue(property.Name, property.Value);
        }
    }
}
