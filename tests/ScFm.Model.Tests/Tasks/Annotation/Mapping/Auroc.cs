namespace ScFm.Model.Tests.Tasks.Annotation.Mapping;

/// <summary>The area under the receiver operating characteristic: how often a positive scores above a negative, equal ones counting half.</summary>
internal static class Auroc
{
    public static double Of(double[] scores, bool[] positive)
    {
        var (above, pairs) = (0.0, 0L);
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (positive[i] && !positive[j])
                {
                    above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return above / pairs;
    }
}
