package io.stridewatch.engine;

import com.espertech.esper.common.client.soda.ArithmaticExpression;
import com.espertech.esper.common.client.soda.AvedevProjectionExpression;
import com.espertech.esper.common.client.soda.AvgProjectionExpression;
import com.espertech.esper.common.client.soda.BetweenExpression;
import com.espertech.esper.common.client.soda.CaseSwitchExpression;
import com.espertech.esper.common.client.soda.CaseWhenThenExpression;
import com.espertech.esper.common.client.soda.CoalesceExpression;
import com.espertech.esper.common.client.soda.Conjunction;
import com.espertech.esper.common.client.soda.ConstantExpression;
import com.espertech.esper.common.client.soda.CountProjectionExpression;
import com.espertech.esper.common.client.soda.CountStarProjectionExpression;
import com.espertech.esper.common.client.soda.CrontabParameterExpression;
import com.espertech.esper.common.client.soda.Disjunction;
import com.espertech.esper.common.client.soda.DotExpression;
import com.espertech.esper.common.client.soda.DotExpressionItem;
import com.espertech.esper.common.client.soda.DotExpressionItemCall;
import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.Expression;
import com.espertech.esper.common.client.soda.InExpression;
import com.espertech.esper.common.client.soda.MaxProjectionExpression;
import com.espertech.esper.common.client.soda.MaxRowExpression;
import com.espertech.esper.common.client.soda.MedianProjectionExpression;
import com.espertech.esper.common.client.soda.MinProjectionExpression;
import com.espertech.esper.common.client.soda.MinRowExpression;
import com.espertech.esper.common.client.soda.NotExpression;
import com.espertech.esper.common.client.soda.PropertyValueExpression;
import com.espertech.esper.common.client.soda.RelationalOpExpression;
import com.espertech.esper.common.client.soda.ScheduleItemType;
import com.espertech.esper.common.client.soda.SingleRowMethodExpression;
import com.espertech.esper.common.client.soda.SumProjectionExpression;
import com.espertech.esper.common.client.soda.WildcardExpression;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import io.stridewatch.rule.EplExpression;
import java.util.List;
import java.util.Set;

/**
 * The second wall around {@code epl:}. The rule's reader lets few words through; here Esper's own
 * reading of them is walked, and anything but reckoning, comparing, aggregations and our functions
 * is refused, whatever it was spelled like.
 */
final class OwnEpl {
  private static final Set<Class<? extends Expression>> HARMLESS =
      Set.of(
          Conjunction.class,
          Disjunction.class,
          NotExpression.class,
          RelationalOpExpression.class,
          ArithmaticExpression.class,
          ConstantExpression.class,
          InExpression.class,
          BetweenExpression.class,
          CaseWhenThenExpression.class,
          CaseSwitchExpression.class,
          CoalesceExpression.class,
          MaxRowExpression.class,
          MinRowExpression.class,
          WildcardExpression.class,
          CountStarProjectionExpression.class,
          CountProjectionExpression.class,
          SumProjectionExpression.class,
          AvgProjectionExpression.class,
          MinProjectionExpression.class,
          MaxProjectionExpression.class,
          MedianProjectionExpression.class,
          AvedevProjectionExpression.class);

  private static final Set<String> FUNCTIONS =
      Set.of("text", "number", "size", "has", "holds", "step");
  private static final Set<String> PROPERTIES = Set.of("event", "match");

  private OwnEpl() {}

  /**
   * Passes an expression that is harmless.
   *
   * @throws EPCompileException saying what is not
   */
  static void check(EplExpression expression) throws EPCompileException {
    check(expression.epl());
  }

  static void check(String epl) throws EPCompileException {
    EPStatementObjectModel model =
        EPCompilerProvider.getCompiler()
            .eplToModel(
                "select * from Match as match where (" + epl + ")", EsperSettings.configuration());
    walk(model.getWhereClause());
  }

  private static void walk(Expression expression) throws EPCompileException {
    if (expression instanceof DotExpression dot) {
      call(dot.getChain(), !dot.getChildren().isEmpty());
      return;
    } else if (expression instanceof SingleRowMethodExpression method) {
      call(method.getChain(), false);
      return;
    } else if (expression instanceof PropertyValueExpression property) {
      if (!PROPERTIES.contains(property.getPropertyName())) {
        throw refused("names '" + property.getPropertyName() + "'");
      }
    } else if (expression instanceof CrontabParameterExpression star) {
      if (star.getType() != ScheduleItemType.WILDCARD) { // All others belong to timers.
        throw refused("has a " + star.getType());
      }
    } else if (!HARMLESS.contains(expression.getClass())) {
      throw refused("has a " + expression.getClass().getSimpleName());
    }
    if (expression.getChildren() != null) {
      for (Expression part : expression.getChildren()) {
        walk(part);
      }
    }
  }

  /** One call of ours, of nothing and followed by nothing. */
  private static void call(List<DotExpressionItem> chain, boolean ofSomething)
      throws EPCompileException {
    if (!ofSomething
        && chain.size() == 1
        && chain.get(0) instanceof DotExpressionItemCall call
        && FUNCTIONS.contains(call.getName())) {
      for (Expression argument : call.getParameters()) {
        walk(argument);
      }
      return;
    }
    throw refused("calls " + chain.stream().map(OwnEpl::name).toList());
  }

  private static String name(DotExpressionItem item) {
    return item instanceof DotExpressionItemCall call ? call.getName() : item.toString();
  }

  private static EPCompileException refused(String what) {
    return new EPCompileException(
        "epl " + what + ", which is neither a function of ours nor an aggregation");
  }
}
